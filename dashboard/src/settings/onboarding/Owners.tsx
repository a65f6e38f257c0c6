import { useState } from 'react';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { Text } from '../../ui/Text';
import styles from './OnboardingPage.module.css';
import { OwnerDialog } from './OwnerDialog';
import { type Owner, saveDocuments } from './queries';
import { type Onboarding, ownerName } from './steps';
import { OWNER_ROLES } from './words';

interface OwnersProps {
  instanceId: string;
  onboarding: Onboarding;
  mayWrite: boolean;
  onChanged: () => void;
}

type Doing = { what: 'add' } | { what: 'change' | 'remove'; owner: Owner };

/** Who owns the business. */
export function Owners({ instanceId, onboarding, mayWrite, onChanged }: OwnersProps) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const done = () => {
    close();
    onChanged();
  };
  const documents = onboarding.documents ?? { owners: [] };

  return (
    <div className={styles.owners}>
      <ul aria-label="Owners">
        {documents.owners.map((owner) => (
          <li key={owner.id} className={styles.owner}>
            <span className={styles.grow}>
              <Text value={ownerName(owner)} />
              {owner.role && <span className={styles.muted}> · {OWNER_ROLES[owner.role]}</span>}
            </span>
            {mayWrite && (
              <>
                <Button look="quiet" onClick={() => setDoing({ what: 'change', owner })}>
                  Change<span className="sr-only"> {plain(ownerName(owner))}</span>
                </Button>
                <Button look="quiet" onClick={() => setDoing({ what: 'remove', owner })}>
                  Remove<span className="sr-only"> {plain(ownerName(owner))}</span>
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {documents.owners.length === 0 && <p className={styles.muted}>No owner was named yet.</p>}
      {mayWrite && <Button onClick={() => setDoing({ what: 'add' })}>Add an owner</Button>}
      {(doing?.what === 'add' || doing?.what === 'change') && (
        <OwnerDialog
          instanceId={instanceId}
          onboarding={onboarding}
          owner={doing.what === 'change' ? doing.owner : undefined}
          onDone={done}
          onClose={close}
        />
      )}
      {doing?.what === 'remove' && (
        <FormDialog
          title={`Remove ${plain(ownerName(doing.owner))}?`}
          submit="Remove the owner"
          danger
          onSubmit={() =>
            saveDocuments(instanceId, {
              ...documents,
              owners: documents.owners.filter(({ id }) => id !== doing.owner.id),
            })
          }
          onDone={done}
          onClose={close}
        >
          <p>What was submitted of them is deleted here. The log keeps that they were named.</p>
        </FormDialog>
      )}
    </div>
  );
}
