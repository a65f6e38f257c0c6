import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button';
import { CopyIconButton } from '../ui/CopyButton';
import { plain } from '../ui/hostile';
import { Text } from '../ui/Text';
import { useAuditLog } from './context';
import styles from './EntryPane.module.css';
import { withFilter } from './search';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface RowProps {
  label: string;
  children: ReactNode;
  /** The filter that this value can be made into. */
  filter?: { key: string; value: string };
  /** What the copy button puts on the clipboard, for ids and the like. */
  copy?: string;
}

/** A label and a value, for use in a `<dl>`. */
export function Row({ label, children, filter, copy }: RowProps) {
  return (
    <div className={styles.row}>
      <dt>{label}</dt>
      <dd>
        <span className={styles.value}>{children}</span>
        {copy !== undefined && <CopyIconButton label={`Copy ${label}`} text={() => copy} />}
        {filter && <FilterForThis label={label} filter={filter} />}
      </dd>
    </div>
  );
}

/** A value from outside, in mono when it is for machines. */
export function Value({ value, mono = false }: { value: string; mono?: boolean }) {
  return <Text value={value} className={mono ? 'mono' : undefined} />;
}

interface FilterForThisProps {
  label: string;
  filter: { key: string; value: string };
}

function FilterForThis({ label, filter: { key, value } }: FilterForThisProps) {
  const { changeSearch } = useAuditLog();
  return (
    <IconButton
      label={`Filter for this: ${label} ${plain(value)}`}
      onClick={() => changeSearch((now) => withFilter(now, key, [value]))}
    >
      <ListFilter size={14} aria-hidden />
    </IconButton>
  );
}
