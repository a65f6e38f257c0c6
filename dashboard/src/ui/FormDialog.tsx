import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { actingBy } from '../api/acts';
import type { Problem } from '../api/problem';
import { CONFIRM, Confirmation } from '../identity/passkeys/Confirmation';
import { asksForPasskey, confirmed } from '../identity/passkeys/confirm';
import { Button } from './Button';
import { Dialog, DialogActions } from './Dialog';
import { FormProblem } from './FormProblem';

interface FormDialogProps<Result> {
  title: string;
  /** What the button says: the act itself, such as "Create the key". */
  submit: string;
  /** Whether it destroys something. */
  danger?: boolean;
  /** False for what is done to one's own account: no log shows that, so nothing is gained by confirming. */
  logged?: boolean;
  /** Does it with the fields of the form by name; what it throws is shown, and nothing is lost. */
  onSubmit: (fields: FormData) => Promise<Result>;
  onDone: (result: Result) => void;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A dialog that does one thing: its fields, why it was refused, and the button that does it. What is
 * refused without a passkey is done once the same button is pressed again, and the passkey used.
 */
export function FormDialog<Result>(props: FormDialogProps<Result>) {
  const {
    title,
    submit,
    danger = false,
    logged = true,
    onSubmit,
    onDone,
    onClose,
    children,
  } = props;
  const queryClient = useQueryClient();
  const problemId = useId();
  const [refusal, setRefusal] = useState<Problem | null>(null);
  const act = useMutation({
    mutationFn: (fields: FormData) =>
      fields.has(CONFIRM) ? actingBy(confirmed, () => onSubmit(fields)) : onSubmit(fields),
    onSuccess: (result) => {
      // It is an entry now, which whoever looks at the log next is to see.
      if (logged) queryClient.invalidateQueries({ queryKey: ['audit-logs'] });
      onDone(result);
    },
    onError: (error) => {
      // It stays asked for, also when the next attempt fails for another reason.
      if (asksForPasskey(error)) setRefusal(error);
    },
  });

  const problem = asksForPasskey(act.error) ? null : act.error;

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act.mutate(new FormData(event.currentTarget));
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={send} aria-describedby={problem ? problemId : undefined}>
        <fieldset className="plain-fields" disabled={act.isPending}>
          {children}
          <Confirmation act={submit} refusal={refusal} logged={logged} />
        </fieldset>
        {problem && <FormProblem id={problemId} error={problem} />}
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
