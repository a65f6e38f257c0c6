import { FileText } from 'lucide-react';
import { Text } from '../ui/Text';
import styles from './FileLink.module.css';

/** A file by its address, which anyone may have written: only what a browser fetches becomes a link. */
export function FileLink({ url, children }: { url: string; children: string }) {
  if (!/^https?:\/\//.test(url)) return <Text value={url} />;
  return (
    <a href={url} target="_blank" rel="noreferrer" className={styles.file}>
      <FileText size={14} aria-hidden />
      {children}
    </a>
  );
}
