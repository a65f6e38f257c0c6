import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { useMay } from '../identity/permissions';
import { buttonClass } from '../ui/Button';
import type { AuditLogSearch } from './search';

interface ActivityLinkProps {
  instanceId: string;
  /** Of what, for who hears the page: "webhook endpoints". */
  of: string;
  /** Which entries. */
  search: AuditLogSearch;
}

/** The way to what the audit log has on something, for who may read it. */
export function ActivityLink({ instanceId, of, search }: ActivityLinkProps) {
  const may = useMay(instanceId);
  if (!may('AUDIT_LOGS', 'R')) return null;
  return (
    <Link
      to="/instances/$instanceId/settings/audit-logs"
      params={{ instanceId }}
      search={search}
      className={buttonClass()}
    >
      <ScrollText size={14} aria-hidden />
      Activity<span className="sr-only"> of {of} in the audit log</span>
    </Link>
  );
}
