import { createRootRoute, Outlet } from '@tanstack/react-router';
import { BrokenPage, NotFoundPage } from '../shell/NotFoundPage';

export const Route = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: BrokenPage,
});
