import { Page } from '../../shell/Page';
import { AccountEvents } from './AccountEvents';
import { Passkeys } from './Passkeys';
import { Sessions } from './Sessions';

/** Settings → Security: one's own way in. It belongs to the person, whatever the instance. */
export function SecurityPage() {
  return (
    <Page
      title="Security"
      lead="How you sign in. It is yours alone, and the same in every instance."
    >
      <Passkeys />
      <Sessions />
      <AccountEvents />
    </Page>
  );
}
