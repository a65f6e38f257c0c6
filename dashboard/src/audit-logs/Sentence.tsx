import type { Entry } from '../api/types';
import { Text } from '../ui/Text';
import styles from './Sentence.module.css';
import { sentenceOf } from './sentence';
import type { CatalogueWords } from './words';

/** The act in words, with what the entry says set apart from what the catalogue says. */
export function Sentence({ entry, words }: { entry: Entry; words: CatalogueWords }) {
  return sentenceOf(words.sentence(entry), entry).map(({ text, value }, place) =>
    value ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other identity
      <Text key={place} value={text} className={styles.value} />
    ) : (
      text
    ),
  );
}
