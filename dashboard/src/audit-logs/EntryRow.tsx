import { Fingerprint } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import type { Entry } from '../api/types';
import { classes } from '../ui/classes';
import { plain } from '../ui/hostile';
import { Tag } from '../ui/Tag';
import { Text } from '../ui/Text';
import { exactTime, timeOfDay, type Zone } from '../ui/time';
import { countryName, humanise, shortId } from '../ui/words';
import { ActorMark } from './ActorMark';
import { actorName, erasedWord, isErased } from './actor';
import type { Column } from './columns';
import styles from './EntryTable.module.css';
import { DeniedTag, OperationTag } from './OperationTag';
import { RowMenu } from './RowMenu';
import { Sentence } from './Sentence';
import type { CatalogueWords } from './words';

export interface EntryRowProps {
  entry: Entry;
  isOpen: boolean;
  /** It came in while the page was open. */
  isNew: boolean;
  /** Who did it is not there any more. */
  isGone: boolean;
  words: CatalogueWords;
  columns: readonly Column[];
  zone: Zone;
  /** The query of the page as it is, to which the row's own address adds the entry. */
  filters: string;
  onOpen: (id: string) => void;
  onFilterFor: (key: string, value: string) => void;
}

/** A thousand rows may be on the page: each is drawn again only when something of its own changes. */
export const EntryRow = memo(function EntryRow(props: EntryRowProps) {
  const { entry, columns, isOpen, isNew, onOpen } = props;
  const open = (event: MouseEvent) => {
    // A link opened in another tab, or text being selected, is not a wish to open it here.
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (window.getSelection()?.toString()) return;
    event.preventDefault();
    onOpen(entry.id);
  };

  return (
    // The link in the first cell does the same for the keyboard and for screen readers.
    <tr
      className={classes(
        styles.row,
        isOpen && styles.open,
        isNew && styles.new,
        entry.outcome === 'denied' && styles.denied,
      )}
      onClick={open}
    >
      <TimeCell {...props} />
      {columns.includes('actor') && <ActorCell {...props} />}
      <ActionCell {...props} />
      {columns.includes('feature') && (
        <td className={styles.feature}>
          <span className={styles.inline}>{props.words.feature(entry.feature)}</span>
        </td>
      )}
      {columns.includes('entity') && <EntityCell entry={entry} />}
      {columns.includes('location') && <LocationCell entry={entry} />}
      <td className={styles.more}>
        <RowMenu entry={entry} words={props.words} onFilterFor={props.onFilterFor} />
      </td>
    </tr>
  );
});

export function rowLinkId(entryId: string): string {
  return `row-${entryId}`;
}

function TimeCell({ entry, isOpen, zone, filters }: EntryRowProps) {
  const date = new Date(entry.created_at);
  return (
    <td className={styles.time}>
      <a
        id={rowLinkId(entry.id)}
        href={`${filters ? `${filters}&` : '?'}entry=${encodeURIComponent(entry.id)}`}
        aria-current={isOpen || undefined}
        title={`${exactTime(date, 'local')} local\n${exactTime(date, 'utc')} UTC`}
      >
        <time dateTime={entry.created_at}>{timeOfDay(date, zone)}</time>
      </a>
    </td>
  );
}

function ActorCell({ entry, isGone }: EntryRowProps) {
  const name = actorName(entry);
  return (
    <td className={styles.actor}>
      <div className={styles.inline}>
        <ActorMark entry={entry} />
        <span className={styles.name}>
          {name === null ? (
            <span className="mono">{entry.user_id ?? entry.api_key_id}</span>
          ) : (
            <Text value={name} />
          )}
        </span>
        {name === null && isErased(entry) && <Erased entry={entry} />}
        {entry.has_passkey && (
          <span title="Passkey confirmed for this act" className={styles.passkey}>
            <Fingerprint size={14} aria-hidden />
            <span className="sr-only">Passkey confirmed</span>
          </span>
        )}
        {isGone ? <span className={styles.gone}>removed</span> : <ActorSecond entry={entry} />}
      </div>
    </td>
  );
}

/** The second tone: what kind of actor it is, said by its e-mail address, its key's prefix or a word. */
function ActorSecond({ entry }: { entry: Entry }) {
  if (entry.actor_type === 'system') return <Tag>Automatic</Tag>;
  if (entry.auth_method === 'operator') return <Tag>Operator</Tag>;
  if (entry.actor_type === 'api_key') {
    const prefix = entry.actor.key_prefix;
    return (
      <span className={classes(styles.second, 'mono')}>
        {prefix ? <Text value={`${prefix}…`} /> : 'API key'}
      </span>
    );
  }
  const { email, name } = entry.actor;
  return email && name && name !== email ? <Text className={styles.second} value={email} /> : null;
}

function Erased({ entry }: { entry: Entry }) {
  return <span className={styles.erased}>{erasedWord(entry)}</span>;
}

function ActionCell({ entry, words }: EntryRowProps) {
  return (
    <td className={styles.action}>
      <div className={styles.inline}>
        <OperationTag operation={entry.operation} />
        {entry.outcome === 'denied' && <DeniedTag />}
        <span className={styles.sentence}>
          {entry.outcome === 'denied' && 'refused: '}
          <Sentence entry={entry} words={words} />
        </span>
      </div>
    </td>
  );
}

function EntityCell({ entry }: { entry: Entry }) {
  return (
    <td className={styles.entity}>
      <div className={styles.inline}>
        <span className={styles.entityType}>{humanise(entry.entity_type)}</span>
        <span className="mono" title={plain(entry.entity_id)}>
          <Text value={shortId(entry.entity_id)} />
        </span>
      </div>
    </td>
  );
}

function LocationCell({ entry }: { entry: Entry }) {
  const { country, ip_address } = entry;
  return (
    <td className={styles.location}>
      <div className={styles.inline}>
        {country && (
          <abbr title={countryName(country) ?? undefined}>
            <Text value={country} />
          </abbr>
        )}
        {ip_address && (
          <span className={classes(styles.ip, 'mono')} title={plain(ip_address)}>
            <Text value={ip_address} />
          </span>
        )}
        {isErased(entry) && <Erased entry={entry} />}
      </div>
    </td>
  );
}
