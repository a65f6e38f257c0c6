import { X } from 'lucide-react';
import type { Chip } from './chips';
import styles from './FilterBar.module.css';

/** Takes one filter away. */
export function RemoveButton({ chip, onRemove }: { chip: Chip; onRemove: () => void }) {
  return (
    <button
      type="button"
      className={styles.remove}
      aria-label={`Remove filter: ${chip.title} ${chip.verb} ${chip.text}`}
      title="Remove filter"
      onClick={onRemove}
    >
      <X size={13} aria-hidden />
    </button>
  );
}
