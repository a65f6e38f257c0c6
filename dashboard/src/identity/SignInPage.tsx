import { Fingerprint } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Assertion } from '../api/types';
import { useTitle } from '../shell/use-title';
import { Button } from '../ui/Button';
import { FormProblem } from '../ui/FormProblem';
import { CenteredPage } from './CenteredPage';
import { CodeForm } from './CodeForm';
import { EmailForm } from './EmailForm';
import styles from './forms.module.css';
import { hasLinkToken, takeLinkToken } from './link-token';
import { usePasskeySignIn } from './passkeys/use-passkey-sign-in';
import { hasPasskeys } from './passkeys/webauthn';
import { useSignIn } from './use-sign-in';

export function SignInPage({ next }: { next: string | undefined }) {
  useTitle('Sign in');
  const [email, setEmail] = useState<string | null>(null);
  const [byLink, setByLink] = useState(hasLinkToken);
  const { mutate: signIn, ...attempt } = useSignIn(next);

  const signInByPasskey = useCallback((passkey: Assertion) => signIn({ passkey }), [signIn]);
  const isBusy = byLink || attempt.isPending || attempt.isSuccess;
  const passkey = usePasskeySignIn(signInByPasskey, isBusy || email !== null);

  useEffect(() => {
    const signInByLink = () => {
      const token = takeLinkToken();
      if (!token) return;
      setByLink(true);
      signIn({ link_token: token }, { onError: () => setByLink(false) });
    };
    signInByLink();
    // A second link may be pasted into a tab that already shows this page.
    window.addEventListener('hashchange', signInByLink);
    return () => window.removeEventListener('hashchange', signInByLink);
  }, [signIn]);

  if (byLink || attempt.isSuccess) {
    return (
      <CenteredPage title="Sign in" busy>
        <p role="status">Signing you in…</p>
      </CenteredPage>
    );
  }
  if (email === null) {
    const problem = attempt.error ?? passkey.error;
    return (
      <CenteredPage title="Sign in">
        {problem && <FormProblem id="way-in-problem" error={problem} />}
        <EmailForm
          onSent={(address) => {
            attempt.reset();
            setEmail(address);
          }}
        />
        {hasPasskeys() && (
          <>
            <p className={styles.or}>or</p>
            <Button
              className={styles.wide}
              disabled={passkey.isPending || attempt.isPending}
              onClick={() => {
                attempt.reset();
                passkey.mutate();
              }}
            >
              <Fingerprint size={15} aria-hidden />
              {passkey.isPending ? 'Your device asks you…' : 'Sign in with a passkey'}
            </Button>
          </>
        )}
      </CenteredPage>
    );
  }
  return (
    <CenteredPage title="Enter the code">
      <CodeForm
        email={email}
        onCode={(code) => signIn({ email, code })}
        pending={attempt.isPending}
        error={attempt.error}
        onOtherEmail={() => {
          attempt.reset();
          setEmail(null);
        }}
      />
    </CenteredPage>
  );
}
