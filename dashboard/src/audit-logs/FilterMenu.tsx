import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef } from 'react';
import { Problem } from '../api/problem';
import menuStyles from '../ui/menu.module.css';
import { OptionList } from '../ui/OptionList';
import type { Chip } from './chips';
import { useAuditLog } from './context';
import styles from './FilterBar.module.css';
import type { FilterMenuSpec } from './filters';
import { isId } from './ids';
import { RemoveButton } from './RemoveButton';
import { valuesOf, withFilter } from './search';
import { useOptions } from './use-options';
import { filterTitle } from './words';

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
    changeSearch((now) => withFilter(now, menu.key, []));
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
                {' is '}
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
        >
          <FilterOptions menu={menu} title={title} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function FilterOptions({ menu, title }: { menu: FilterMenuSpec; title: string }) {
  const { search, changeSearch } = useAuditLog();
  const { options, loading, error, approximate } = useOptions(menu);
  const changed = useRef(false);
  const { key, idPrefix, placeholder } = menu;
  const chosen = valuesOf(search, key);

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
