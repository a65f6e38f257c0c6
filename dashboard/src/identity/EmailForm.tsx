import { type FormEvent, useState } from 'react';
import { Button } from '../ui/Button';
import { FormProblem } from '../ui/FormProblem';
import styles from './forms.module.css';
import { useSendCode } from './use-sign-in';

export function EmailForm({ onSent }: { onSent: (email: string) => void }) {
  const [email, setEmail] = useState('');
  const { mutate: sendCode, isPending, error } = useSendCode();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const address = email.trim();
    sendCode(address, { onSuccess: () => onSent(address) });
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <label className={styles.label} htmlFor="email">
        E-mail address
      </label>
      <input
        id="email"
        className={styles.field}
        type="email"
        autoComplete="username webauthn"
        // biome-ignore lint/a11y/noAutofocus: the page has this one field to fill
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        aria-describedby={error ? 'email-problem' : undefined}
        aria-invalid={error !== null}
      />
      {error && <FormProblem id="email-problem" error={error} />}
      <Button look="primary" type="submit" className={styles.submit} disabled={isPending}>
        {isPending ? 'Sending…' : 'Send a sign-in code'}
      </Button>
      <p className={styles.hint}>You will get a six-digit code by e-mail. There is no password.</p>
    </form>
  );
}
