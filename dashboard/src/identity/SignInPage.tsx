import { useEffect, useState } from 'react';
import { useTitle } from '../shell/use-title';
import { FormProblem } from '../ui/FormProblem';
import { CenteredPage } from './CenteredPage';
import { CodeForm } from './CodeForm';
import { EmailForm } from './EmailForm';
import { hasLinkToken, takeLinkToken } from './link-token';
import { useSignIn } from './use-sign-in';

export function SignInPage({ next }: { next: string | undefined }) {
  useTitle('Sign in');
  const [email, setEmail] = useState<string | null>(null);
  const [byLink, setByLink] = useState(hasLinkToken);
  const { mutate: signIn, ...attempt } = useSignIn(next);

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
    return (
      <CenteredPage title="Sign in">
        {attempt.isError && <FormProblem id="link-problem" error={attempt.error} />}
        <EmailForm
          onSent={(address) => {
            attempt.reset();
            setEmail(address);
          }}
        />
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
