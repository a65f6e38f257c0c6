import { Link } from '@tanstack/react-router';
import { useMay } from '../identity/permissions';

interface LogLinkProps {
  instanceId: string;
  /** Whose entries, and those of acts that it had a part in. */
  entityId: string;
  /** What that is, for who hears the link without its row. */
  of: string;
}

/** The activity of what has no page of its own, for who may read the log. */
export function LogLink({ instanceId, entityId, of }: LogLinkProps) {
  const readsLog = useMay(instanceId)('AUDIT_LOGS', 'R');
  if (!readsLog) return null;
  return (
    <Link
      to="/instances/$instanceId/settings/audit-logs"
      params={{ instanceId }}
      search={{ ref_id: [entityId] }}
    >
      Activity<span className="sr-only"> of {of}</span>
    </Link>
  );
}
