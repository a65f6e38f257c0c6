import {
  Eraser,
  KeyRound,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
} from 'lucide-react';
import type { Area } from '../identity/permissions';

interface Place {
  readonly to:
    | '/instances/$instanceId/settings/audit-logs'
    | '/instances/$instanceId/settings/log-retention'
    | '/instances/$instanceId/settings/team'
    | '/instances/$instanceId/settings/api-keys'
    | '/instances/$instanceId/settings/security'
    | '/instances/$instanceId/settings/general';
  readonly title: string;
  readonly icon: LucideIcon;
  /** Listed for who may read it; without one for everybody. */
  readonly area?: Area;
}

/** Where one can go in an instance, by group. A page joins the sidebar by a line here. */
export const PLACES: readonly { group: string; places: readonly Place[] }[] = [
  {
    group: 'Settings',
    places: [
      {
        to: '/instances/$instanceId/settings/audit-logs',
        title: 'Audit logs',
        icon: ScrollText,
      },
      {
        to: '/instances/$instanceId/settings/log-retention',
        title: 'Retention and erasure',
        icon: Eraser,
        area: 'FORGETTING',
      },
      {
        to: '/instances/$instanceId/settings/general',
        title: 'General',
        icon: Settings,
        area: 'SETTINGS',
      },
      { to: '/instances/$instanceId/settings/team', title: 'Team', icon: Users, area: 'TEAM' },
      {
        to: '/instances/$instanceId/settings/api-keys',
        title: 'API keys',
        icon: KeyRound,
        area: 'INTEGRATION',
      },
      {
        to: '/instances/$instanceId/settings/security',
        title: 'Security',
        icon: ShieldCheck,
      },
    ],
  },
];
