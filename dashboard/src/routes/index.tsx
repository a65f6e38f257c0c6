import { createFileRoute } from '@tanstack/react-router';
import { HomePage } from '../identity/HomePage';

export const Route = createFileRoute('/')({ component: HomePage });
