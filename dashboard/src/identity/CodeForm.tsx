import { type FormEvent, useState } from 'react';
import { announce } from '../ui/announce';
import { Button } from '../ui/Button';
import { FormProblem } from '../ui/FormProblem';
import { Text } from '../ui/Text';
import styles from './forms.module.css';
import { useSendCode } from './use-sign-in';

interface CodeFormProps {
  email: string;
  onCode: (code: string) => void;
  pending: boolean;
  error: unknown;
  onOtherEmail: () => void;
}

export function CodeForm({ email, onCode, pending, error, onOtherEmail }: CodeFormProps) {
  const [code, setCode] = useState('');
  const resend = useSendCode();
  const problem = resend.error ?? error;

  const change = (value: string) => {
    // A code is often pasted with its spaces.
    const digits = value.replace(/\D/g, '').slice(0, 6);
    setCode(digits);
    if (digits.length === 6 && digits !== code) onCode(digits);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) onCode(code);
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <p>
        We sent six digits to <Text className={styles.strong} value={email} />.
      </p>
      <label className={styles.label} htmlFor="code">
        Sign-in code
      </label>
      <input
        id="code"
        className={styles.code}
        inputMode="numeric"
        autoComplete="one-time-code"
        // biome-ignore lint/a11y/noAutofocus: the page has this one field to fill
        autoFocus
        required
        pattern="\d{6}"
        value={code}
        onChange={(event) => change(event.target.value)}
        aria-describedby={problem ? 'code-problem' : undefined}
        aria-invalid={Boolean(problem)}
      />
      {problem ? <FormProblem id="code-problem" error={problem} /> : null}
      <Button look="primary" type="submit" className={styles.submit} disabled={pending}>
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
      <div className={styles.others}>
        <Button
          look="quiet"
          disabled={resend.isPending}
          onClick={() => resend.mutate(email, { onSuccess: () => announce('A new code was sent') })}
        >
          {resend.isSuccess ? 'A new code was sent' : 'Send a new code'}
        </Button>
        <Button look="quiet" onClick={onOtherEmail}>
          Use another e-mail
        </Button>
      </div>
    </form>
  );
}
