import {
  ArrowDownLeft,
  ArrowLeftRight,
  ArrowUpRight,
  ClipboardCheck,
  Contact,
  Eraser,
  Fingerprint,
  HandCoins,
  KeyRound,
  type LucideIcon,
  Receipt,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
  Webhook,
  Wrench,
} from 'lucide-react';
import type { Area } from '../identity/permissions';

interface Place {
  readonly to:
    | '/instances/$instanceId/customers'
    | '/instances/$instanceId/payouts'
    | '/instances/$instanceId/payins'
    | '/instances/$instanceId/transfers'
    | '/instances/$instanceId/development-tools'
    | '/instances/$instanceId/settings/audit-logs'
    | '/instances/$instanceId/settings/log-integrity'
    | '/instances/$instanceId/settings/log-retention'
    | '/instances/$instanceId/settings/team'
    | '/instances/$instanceId/settings/api-keys'
    | '/instances/$instanceId/settings/webhooks'
    | '/instances/$instanceId/settings/partner-fees'
    | '/instances/$instanceId/settings/billing'
    | '/instances/$instanceId/settings/onboarding'
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
    group: 'Payments',
    places: [
      {
        to: '/instances/$instanceId/customers',
        title: 'Customers',
        icon: Contact,
        area: 'CUSTOMERS',
      },
      {
        to: '/instances/$instanceId/payouts',
        title: 'Payouts',
        icon: ArrowUpRight,
        area: 'PAYMENTS',
      },
      {
        to: '/instances/$instanceId/payins',
        title: 'Payins',
        icon: ArrowDownLeft,
        area: 'PAYMENTS',
      },
      {
        to: '/instances/$instanceId/transfers',
        title: 'Transfers',
        icon: ArrowLeftRight,
        area: 'PAYMENTS',
      },
    ],
  },
  {
    group: 'Development',
    places: [
      {
        to: '/instances/$instanceId/development-tools',
        title: 'Development tools',
        icon: Wrench,
        area: 'INTEGRATION',
      },
    ],
  },
  {
    group: 'Settings',
    places: [
      {
        to: '/instances/$instanceId/settings/audit-logs',
        title: 'Audit logs',
        icon: ScrollText,
      },
      {
        to: '/instances/$instanceId/settings/log-integrity',
        title: 'Integrity',
        icon: Fingerprint,
        area: 'AUDIT_LOGS',
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
        to: '/instances/$instanceId/settings/webhooks',
        title: 'Webhooks',
        icon: Webhook,
        area: 'INTEGRATION',
      },
      {
        to: '/instances/$instanceId/settings/partner-fees',
        title: 'Partner fees',
        icon: HandCoins,
        area: 'FEES',
      },
      {
        to: '/instances/$instanceId/settings/billing',
        title: 'Billing',
        icon: Receipt,
        area: 'FEES',
      },
      {
        to: '/instances/$instanceId/settings/onboarding',
        title: 'Onboarding',
        icon: ClipboardCheck,
        area: 'SETTINGS',
      },
      {
        to: '/instances/$instanceId/settings/security',
        title: 'Security',
        icon: ShieldCheck,
      },
    ],
  },
];
