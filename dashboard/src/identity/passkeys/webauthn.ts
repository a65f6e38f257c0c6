import { Problem } from '../../api/problem';
import type { Assertion } from '../../api/types';

/** Whether this browser has passkeys, and reads and writes them as JSON (WebAuthn Level 3, §5.1). */
export function hasPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential
  );
}

/** Whether it can offer passkeys in the suggestions of a field. */
export async function canSuggestPasskeys(): Promise<boolean> {
  return (
    hasPasskeys() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false)
  );
}

/** Has the device make a passkey. Throws a `Problem` that says why it did not. */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON) {
  refuseOldBrowser();
  return ask(() =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    }),
  );
}

/** Has a passkey sign a challenge. Throws a `Problem`, or an `AbortError` when it was called off. */
export async function signChallenge(
  options: PublicKeyCredentialRequestOptionsJSON,
  how: Pick<CredentialRequestOptions, 'mediation' | 'signal'> = {},
): Promise<Assertion> {
  refuseOldBrowser();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return ask(() => navigator.credentials.get({ ...how, publicKey }));
}

async function ask(ceremony: () => Promise<Credential | null>) {
  try {
    const credential = await ceremony();
    return (credential as PublicKeyCredential).toJSON();
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'AbortError') throw error;
    throw new Problem(0, { code: name, description: WORDS[name] ?? UNKNOWN });
  }
}

const UNKNOWN = 'Your device did not use a passkey. Try again.';
// What browsers say, by the names of WebAuthn Level 3, §5.1.3 and §5.1.4.
const WORDS: Record<string, string> = {
  NotAllowedError: 'Nothing was done: your device was not asked to the end, or took too long.',
  InvalidStateError: 'This device has a passkey of yours already.',
  NotSupportedError: 'This device cannot make a passkey that is good enough here.',
  ConstraintError: 'This device cannot check that it is you, by fingerprint, face or PIN.',
  SecurityError: 'Passkeys do not work at this address of the dashboard.',
};

function refuseOldBrowser() {
  if (!hasPasskeys()) {
    throw new Problem(0, { description: 'This browser is too old for passkeys. Update it first.' });
  }
}
