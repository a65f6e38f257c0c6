import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Schemas } from '../../api/types';
import { Button } from '../../ui/Button';
import { FieldGroup, type FieldSpec, valuesOf } from '../fields';
import { OWNER } from './fields';

type Owner = Schemas['OwnerIn'];

const MOST = 50;

/** The people who own a business or speak for it, one group of fields each. */
export function Owners({ required }: { required: boolean }) {
  const [count, setCount] = useState(required ? 1 : 0);
  const places = Array.from({ length: count }, (_, place) => place);
  return (
    <>
      {places.map((place) => (
        <FieldGroup key={place} title={`Owner ${place + 1}`} specs={ownerFields(place)} />
      ))}
      <div>
        <Button onClick={() => setCount(count + 1)} disabled={count >= MOST}>
          <Plus size={14} aria-hidden />
          Add an owner
        </Button>{' '}
        {count > (required ? 1 : 0) && (
          <Button look="quiet" onClick={() => setCount(count - 1)}>
            Remove the last one
          </Button>
        )}
      </div>
    </>
  );
}

/** The owners that a form names. */
export function ownersOf(fields: FormData): Owner[] {
  const owners: Owner[] = [];
  for (let place = 0; fields.has(`owners.${place}.role`); place++) {
    const values = Object.entries(valuesOf(fields, ownerFields(place)));
    const prefix = `owners.${place}.`.length;
    const owner: Record<string, unknown> = Object.fromEntries(
      values.map(([name, value]) => [name.slice(prefix), value]),
    );
    // The form requires what an owner must have.
    owners.push(owner as Owner);
  }
  return owners;
}

function ownerFields(place: number): readonly FieldSpec[] {
  return OWNER.map((field) => ({ ...field, name: `owners.${place}.${field.name}` }));
}
