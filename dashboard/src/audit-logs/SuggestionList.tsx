import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { classes } from '../ui/classes';
import { Text } from '../ui/Text';
import { useAuditLog } from './context';
import styles from './FilterField.module.css';
import { FILTER_MENUS } from './filters';
import { facetsQuery } from './queries';
import { lastToken, type Suggestion } from './suggestions';
import { WORDS } from './typed';

interface SuggestionListProps {
  id: string;
  text: string;
  suggestions: readonly Suggestion[];
  at: number;
  onPoint: (at: number) => void;
  onChoose: (suggestion: Suggestion) => void;
}

/** What the field above may go on to be. The field has the focus and moves in it. */
export function SuggestionList(props: SuggestionListProps) {
  const { id, text, suggestions, at, onPoint, onChoose } = props;
  const countOf = useCounts(text, suggestions.length > 0);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);

  return (
    <div
      id={`${id}-list`}
      role="listbox"
      tabIndex={-1}
      aria-label="Suggestions"
      className={styles.list}
      hidden={suggestions.length === 0}
      // A click must not take the focus out of the field.
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
        <div
          key={`${suggestion.label} ${suggestion.filter?.key} ${suggestion.filter?.values}`}
          id={`${id}-${place}`}
          role="option"
          tabIndex={-1}
          aria-selected={place === at}
          className={classes(styles.option, place === at && styles.active)}
          onClick={() => onChoose(suggestion)}
          onMouseMove={() => onPoint(place)}
        >
          <span className={styles.label}>
            <Text value={suggestion.label} />
          </span>
          {suggestion.hint && (
            <span className={classes(styles.hint, !suggestion.filter && 'mono')}>
              <Text value={suggestion.hint} />
            </span>
          )}
          <span className={styles.count}>{countOf(suggestion)}</span>
        </div>
      ))}
    </div>
  );
}

/** How many entries each value would show, where the API counts them. */
function useCounts(text: string, isOpen: boolean) {
  const { instanceId, search } = useAuditLog();
  const name = lastToken(text)?.word;
  const word = WORDS.find((each) => each.word === name || each.keys[0] === name);
  const key = FILTER_MENUS.find((menu) => menu.key === word?.keys[0])?.key;
  const { data } = useQuery({
    ...facetsQuery(instanceId, search, key ?? ''),
    enabled: isOpen && key !== undefined,
  });
  const counts = key === undefined ? undefined : data?.data[key];
  return ({ filter }: Suggestion) => {
    if (!counts || !filter || filter.key.startsWith('not_')) return null;
    const counted = counts.find(({ value }) => value === filter.values[0]);
    return NUMBER.format(counted?.count ?? 0);
  };
}

const NUMBER = new Intl.NumberFormat('en');
