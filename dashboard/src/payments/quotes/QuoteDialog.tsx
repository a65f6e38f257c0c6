import { Timer } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { FormDialog } from '../../ui/FormDialog';
import { countdown, secondsLeft } from './expiry';
import styles from './QuoteDialog.module.css';

interface QuoteDialogProps<Result> {
  title: string;
  submit: string;
  /** When the quote expires, by the clock of this machine. */
  expiry: number;
  onSubmit: (fields: FormData) => Promise<Result>;
  onDone: (result: Result) => void;
  /** Back to the question that the quote answers. */
  onAgain: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A quote to say yes to while it lasts; once it has expired there is only a new one to ask for. */
export function QuoteDialog<Result>(props: QuoteDialogProps<Result>) {
  const { title, submit, expiry, onSubmit, onDone, onAgain, onClose, children } = props;
  const seconds = useSecondsLeft(expiry);
  if (seconds === 0) {
    return (
      <Dialog title="The quote has expired" onClose={onClose}>
        <p>Nothing was paid. Prices change: ask for a new quote.</p>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={onAgain}>
            Change or ask again
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <FormDialog title={title} submit={submit} onSubmit={onSubmit} onDone={onDone} onClose={onClose}>
      <p className={styles.expiry}>
        <Timer size={14} aria-hidden />
        {/* Its reader is not told every second. */}
        <span role="timer" aria-live="off">
          Good for {countdown(seconds)}
        </span>
      </p>
      {children}
    </FormDialog>
  );
}

function useSecondsLeft(expiry: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return secondsLeft(expiry, now);
}
