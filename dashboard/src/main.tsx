import '@fontsource-variable/inter';
import '@fontsource-variable/geist-mono';
import './theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, createApp } from './app';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App app={createApp()} />
    </StrictMode>,
  );
}
