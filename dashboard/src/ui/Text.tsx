import { splitUnseen, type TextPart } from './hostile';
import styles from './Text.module.css';

/**
 * A value that came from outside. Every such value goes through here: it cannot turn the text around
 * it, and what cannot be seen in it is named.
 */
export function Text({ value, className }: { value: string; className?: string | undefined }) {
  return (
    <bdi className={className}>
      {splitUnseen(value).map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a string have no other identity
        <Part key={place} part={part} />
      ))}
    </bdi>
  );
}

function Part({ part }: { part: TextPart }) {
  if (!part.unseen) return part.text;
  // The name of a character reads from left to right, also in a text that does not.
  return (
    <bdi dir="ltr" className={styles.unseen}>
      {part.text}
    </bdi>
  );
}
