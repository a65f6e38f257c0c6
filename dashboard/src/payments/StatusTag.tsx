import { Tag, type Tone } from '../ui/Tag';
import { humanise } from '../ui/words';

const TONES: Record<string, Tone> = {
  completed: 'green',
  approved: 'green',
  approved_rfi: 'green',
  processing: 'accent',
  verifying: 'accent',
  in_review: 'accent',
  pending_review: 'accent',
  on_hold: 'amber',
  awaiting_contract: 'amber',
  compliance_request: 'amber',
  failed: 'red',
  rejected: 'red',
};

/** How far something is. */
export function StatusTag({ status }: { status: string }) {
  return <Tag tone={TONES[status] ?? 'neutral'}>{humanise(status)}</Tag>;
}
