import { useRef } from 'react';
import { Button } from '../ui/Button';
import { type Chip, chipsOf } from './chips';
import { useAuditLog } from './context';
import styles from './FilterBar.module.css';
import { FilterField } from './FilterField';
import { FilterMenu } from './FilterMenu';
import { FILTER_MENUS } from './filters';
import { RemoveButton } from './RemoveButton';
import { hasDates, negated, withAsked, withFilter } from './search';

/** What is asked of the log, as words that can be changed or taken away one by one. */
export function FilterBar({ onOpenEntry }: { onOpenEntry: (id: string) => void }) {
  const { search, say, changeSearch } = useAuditLog();
  const field = useRef<HTMLInputElement>(null);
  const chips = chipsOf(search, say);
  const chipOf = (key: string) =>
    chips.find((chip) => chip.key === key) ?? chips.find((chip) => chip.key === negated(key));
  const inMenus = FILTER_MENUS.map((menu) => chipOf(menu.key));
  const others = chips.filter((chip) => !inMenus.includes(chip));

  const remove = (key: string) => {
    changeSearch((now) => withFilter(now, key, []));
    // The button that had the focus goes away with its chip.
    field.current?.focus();
  };
  const clearAll = () => {
    changeSearch((now) => withAsked(now, {}));
    field.current?.focus();
  };

  return (
    <section className={styles.bar} aria-label="Filters">
      <FilterField ref={field} onOpenEntry={onOpenEntry} />
      {FILTER_MENUS.map((menu) => (
        <FilterMenu key={menu.key} menu={menu} chip={chipOf(menu.key)} />
      ))}
      {others.map((chip) => (
        <PlainChip key={chip.key} chip={chip} onRemove={() => remove(chip.key)} />
      ))}
      {chips.length + Number(hasDates(search)) >= 2 && (
        <Button look="quiet" onClick={clearAll}>
          Clear all
        </Button>
      )}
    </section>
  );
}

function PlainChip({ chip, onRemove }: { chip: Chip; onRemove: () => void }) {
  return (
    <span className={styles.pill} data-set>
      <span className={styles.words}>
        {chip.title} {chip.verb} <bdi className={styles.value}>{chip.text}</bdi>
      </span>
      <RemoveButton chip={chip} onRemove={onRemove} />
    </span>
  );
}
