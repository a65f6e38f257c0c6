import styles from './Copyable.module.css';
import { CopyIconButton } from './CopyButton';
import { Text } from './Text';

/** An id or an address, to read and to copy. `label` is what the button says: "Copy the id". */
export function Copyable({ value, label }: { value: string; label: string }) {
  return (
    <span className={styles.copyable}>
      <Text value={value} className="mono" />
      <CopyIconButton label={label} text={() => value} />
    </span>
  );
}
