import { createFileRoute } from '@tanstack/react-router';
import { SecurityPage } from '../settings/security/SecurityPage';

export const Route = createFileRoute('/instances/$instanceId/settings/security')({
  component: SecurityPage,
});
