import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import { Problem } from '../api/problem';
import menuStyles from '../ui/menu.module.css';
import { OptionList } from '../ui/OptionList';
import type { Chip } from './chips';
import { useAuditLog } from './context';
import styles from './FilterBar.module.css';
import type { FilterMenuSpec } from './filters';
import { isId } from './ids';
import { RemoveButton } from './RemoveButton';
import { negated, valuesOf, withFilter } from './search';
import { useOptions } from './use-options';
import { VerbSwitch } from './VerbSwitch';
import { filterTitle } from './words';

type Verb = Chip['verb'];

function keyOf(menu: FilterMenuSpec, verb: Verb): string {
  return verb === 'is' ? menu.key : negated(menu.key);
}

interface FilterMenuProps {
  menu: FilterMenuSpec;
  chip: Chip | undefined;
}

/** One filter: a quiet button that, when it is set, reads as what it asks for. */
export function FilterMenu({ menu, chip }: FilterMenuProps) {
  const { changeSearch } = useAuditLog();
  const trigger = useRef<HTMLButtonElement>(null);
  const { title } = filterTitle(menu.key);

  const remove = () => {
    changeSearch((now) => withFilter(now, chip?.key ?? menu.key, []));
    trigger.current?.focus();
  };

  return (
    <Popover.Root>
      <span className={styles.pill} data-set={chip ? '' : undefined}>
        <Popover.Trigger ref={trigger} className={styles.open}>
          <span className={styles.words}>
            {title}
            {chip && (
              <>
                {` ${chip.verb} `}
                <bdi className={styles.value}>{chip.text}</bdi>
              </>
            )}
          </span>
          <ChevronDown size={13} aria-hidden className={styles.chevron} />
        </Popover.Trigger>
        {chip && <RemoveButton chip={chip} onRemove={remove} />}
      </span>
      <Popover.Portal>
        <Popover.Content
          className={menuStyles.panel}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`Filter by ${title.toLowerCase()}`}
          onOpenAutoFocus={focusField}
        >
          <FilterOptions menu={menu} title={title} verb={chip?.verb ?? 'is'} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Who opens a filter wants to type a value; how it is asked for comes before it, but second. */
function focusField(event: Event) {
  event.preventDefault();
  const panel = event.currentTarget as HTMLElement;
  panel.querySelector<HTMLElement>('[role="combobox"]')?.focus();
}

interface FilterOptionsProps {
  menu: FilterMenuSpec;
  title: string;
  verb: Verb;
}

function FilterOptions({ menu, title, verb: asked }: FilterOptionsProps) {
  const { search, changeSearch } = useAuditLog();
  // What is asked decides; while nothing is, what the reader chose last.
  const [verb, setVerb] = useState(asked);
  const { options, loading, error, approximate } = useOptions(menu);
  const changed = useRef(false);
  const { idPrefix, placeholder } = menu;
  const key = keyOf(menu, verb);
  const chosen = valuesOf(search, key);

  const turn = (next: Verb) => {
    setVerb(next);
    if (chosen.length === 0) return;
    changeSearch(
      (now) => withFilter(withFilter(now, key, []), keyOf(menu, next), valuesOf(now, key)),
      { replace: changed.current },
    );
    changed.current = true;
  };

  const toggle = (value: string) => {
    // However many values are tried while the menu is open, Back undoes them in one step.
    const replace = changed.current;
    changed.current = true;
    changeSearch(
      (now) => {
        const values = valuesOf(now, key);
        const others = values.filter((other) => other !== value);
        return withFilter(now, key, others.length < values.length ? others : [...values, value]);
      },
      { replace },
    );
  };

  return (
    <>
      <VerbSwitch title={title} verb={verb} onTurn={turn} />
      <OptionList
        label={title}
        placeholder={placeholder}
        options={options}
        chosen={chosen}
        onToggle={toggle}
        optionFrom={
          idPrefix &&
          ((text) => (isId(idPrefix, text) ? { value: text, label: text, hint: 'This id' } : null))
        }
        none={
          loading
            ? 'Loading…'
            : idPrefix
              ? `Nothing found. An id (${idPrefix}_…) can be pasted.`
              : 'Nothing found.'
        }
      />
      {error instanceof Problem && (
        <p className={styles.note} role="alert">
          The list did not load: {error.message}
        </p>
      )}
      {approximate && <p className={styles.note}>The counts are approximate.</p>}
    </>
  );
}
