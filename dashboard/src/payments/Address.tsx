import { CopyIconButton } from '../ui/CopyButton';
import { plain } from '../ui/hostile';
import { Text } from '../ui/Text';
import { shortId } from '../ui/words';
import styles from './Address.module.css';

/** An address on a chain by its two ends; all of it is its title, and is copied. */
export function Address({ value }: { value: string }) {
  return (
    <span className={styles.address} title={plain(value)}>
      <Text value={shortId(value)} className="mono" />
      <CopyIconButton label={`Copy the address ${plain(shortId(value))}`} text={() => value} />
    </span>
  );
}
