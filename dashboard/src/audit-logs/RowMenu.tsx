import { ListFilter } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Entry } from '../api/types';
import { IconButton } from '../ui/Button';
import { plain } from '../ui/hostile';
import { MenuPortal } from '../ui/MenuPortal';
import menu from '../ui/menu.module.css';
import { humanise, shortId } from '../ui/words';
import { actorFilter, actorWords } from './actor';
import styles from './RowMenu.module.css';
import type { CatalogueWords } from './words';

interface RowMenuProps {
  entry: Entry;
  words: CatalogueWords;
  onFilterFor: (key: string, value: string) => void;
}

/** "Filter for this", for each value of a row. */
export function RowMenu({ entry, words, onFilterFor }: RowMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton
          label="Filter for this…"
          className={styles.trigger}
          onClick={(event) => event.stopPropagation()}
        >
          <ListFilter size={14} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuPortal into="main">
        <DropdownMenu.Content
          className={menu.panel}
          align="end"
          sideOffset={2}
          loop
          // A menu is drawn elsewhere, yet its clicks would still open the row it belongs to.
          onClick={(event) => event.stopPropagation()}
        >
          <DropdownMenu.Label className={menu.label}>Filter for this</DropdownMenu.Label>
          {filtersFrom(entry, words).map(({ title, key, value, text }) => (
            <DropdownMenu.Item
              key={title}
              className={menu.item}
              onSelect={() => onFilterFor(key, value)}
            >
              <span className={styles.title}>{title}</span>
              <span className={menu.grow}>
                <bdi>{plain(text)}</bdi>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}

function filtersFrom(entry: Entry, words: CatalogueWords) {
  const { operation, feature, action, entity_id } = entry;
  return [
    { title: 'Actor', ...actorFilter(entry), text: actorWords(entry) },
    { title: 'Operation', key: 'operation', value: operation, text: humanise(operation) },
    { title: 'Feature', key: 'feature', value: feature, text: words.feature(feature) },
    { title: 'Action', key: 'action', value: action, text: words.action(action) },
    { title: 'Entity', key: 'entity_id', value: entity_id, text: shortId(entity_id) },
  ];
}
