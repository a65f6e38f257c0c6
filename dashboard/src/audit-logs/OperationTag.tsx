import { Ban, Minus, Pencil, Plus } from 'lucide-react';
import { Tag, type Tone } from '../ui/Tag';
import { humanise } from '../ui/words';

const LOOKS: Record<string, { tone: Tone; icon: typeof Plus }> = {
  create: { tone: 'green', icon: Plus },
  update: { tone: 'amber', icon: Pencil },
  delete: { tone: 'red', icon: Minus },
};

/** What kind of act it was: a glyph, a word and a colour that all say the same. */
export function OperationTag({ operation }: { operation: string }) {
  const { tone, icon: Icon } = LOOKS[operation] ?? { tone: 'neutral', icon: Pencil };
  return (
    <Tag tone={tone}>
      <Icon size={12} strokeWidth={2.5} aria-hidden />
      {humanise(operation)}
    </Tag>
  );
}

/** It was tried and refused: nothing changed. */
export function DeniedTag() {
  return (
    <Tag tone="red">
      <Ban size={12} strokeWidth={2.5} aria-hidden />
      Denied
    </Tag>
  );
}
