import { createFileRoute } from '@tanstack/react-router';
import { InstanceChooserPage } from '../identity/InstanceChooserPage';

export const Route = createFileRoute('/instances/')({ component: InstanceChooserPage });
