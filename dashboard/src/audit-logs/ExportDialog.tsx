import { useQuery } from '@tanstack/react-query';
import { FormDialog, textOf } from '../ui/FormDialog';
import { useAuditLog } from './context';
import styles from './ExportDialog.module.css';
import { sayTotal } from './histogram';
import { type ExportFormat, exportLog, histogramQuery } from './queries';

const FORMATS: readonly { format: ExportFormat; title: string; hint: string }[] = [
  { format: 'csv', title: 'CSV', hint: 'A line for each entry, for spreadsheets.' },
  {
    format: 'jsonl',
    title: 'JSON Lines',
    hint: 'Every entry whole, as the API gives it, for programs.',
  },
  {
    format: 'bundle',
    title: 'Bundle',
    hint: 'Proves itself: anyone can verify it, without this server and without trusting it.',
  },
  {
    format: 'pack',
    title: 'Evidence pack',
    hint: 'A ZIP to hand to an auditor: the bundle, and the same entries to read.',
  },
];

/** Takes what the filters show away as a file. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { instanceId, search } = useAuditLog();
  const { data: histogram } = useQuery(histogramQuery(instanceId, search));
  return (
    <FormDialog
      title="Export"
      submit="Export"
      onSubmit={(fields) =>
        exportLog(instanceId, search, (textOf(fields, 'format') ?? 'csv') as ExportFormat)
      }
      onDone={(file) => {
        keep(file);
        onClose();
      }}
      onClose={onClose}
    >
      <fieldset className={styles.formats}>
        <legend>Everything that the filters show{histogram && `: ${sayTotal(histogram)}`}</legend>
        {FORMATS.map(({ format, title, hint }, place) => (
          <label key={format} className={styles.format}>
            <input type="radio" name="format" value={format} defaultChecked={place === 0} />
            <span>
              <span className={styles.title}>{title}</span>
              <span className={styles.hint}>{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p>The log will say that you exported it, with these filters and in this format.</p>
    </FormDialog>
  );
}

/** Hands a file to the browser, which keeps it where it keeps its downloads. */
function keep({ blob, name }: { blob: Blob; name: string }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has it once it has begun to keep it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
