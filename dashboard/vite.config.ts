import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/dashboard/',
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      quoteStyle: 'single',
      semicolons: true,
    }),
    react(),
  ],
  server: { proxy: { '/v1': 'http://localhost:8000' } },
  build: {
    outDir: '../src/deedbook/web/static/dashboard',
    emptyOutDir: true,
    // The page's security policy allows no data: URLs, so that no asset may be inlined as one.
    assetsInlineLimit: 0,
    // light-dark() and @container are used as they are: every browser has had them since 2024.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000,
    // Times are shown in the reader's zone; the tests need one that is the same everywhere.
    env: { TZ: 'America/Sao_Paulo', BASE_URL: '/dashboard/' },
  },
});
