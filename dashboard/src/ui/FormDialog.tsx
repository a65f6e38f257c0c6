import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from './Button';
import { Dialog, DialogActions } from './Dialog';
import { FormProblem } from './FormProblem';

interface FormDialogProps<Result> {
  title: string;
  /** What the button says: the act itself, such as "Create the key". */
  submit: string;
  /** Whether it destroys something. */
  danger?: boolean;
  /** Does it with the fields of the form by name; what it throws is shown, and nothing is lost. */
  onSubmit: (fields: FormData) => Promise<Result>;
  onDone: (result: Result) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that does one thing: its fields, why it was refused, and the button that does it. */
export function FormDialog<Result>(props: FormDialogProps<Result>) {
  const { title, submit, danger = false, onSubmit, onDone, onClose, children } = props;
  const problemId = useId();
  const act = useMutation({ mutationFn: onSubmit, onSuccess: onDone });

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act.mutate(new FormData(event.currentTarget));
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={send} aria-describedby={act.error ? problemId : undefined}>
        <fieldset className="plain-fields" disabled={act.isPending}>
          {children}
        </fieldset>
        {act.error && <FormProblem id={problemId} error={act.error} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look={danger ? 'danger' : 'primary'} type="submit" disabled={act.isPending}>
            {act.isPending ? 'One moment…' : submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** A field's text, trimmed; undefined where it was left empty. */
export function textOf(fields: FormData, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
