import { Search } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, type RefObject, useState } from 'react';
import { usePreference } from '../shell/preferences';
import { useShortcuts } from '../shell/shortcuts';
import { useAuditLog } from './context';
import styles from './EntityField.module.css';
import { isId } from './ids';
import { withFilter } from './search';

interface EntityFieldProps {
  onOpenEntry: (id: string) => void;
  ref: RefObject<HTMLInputElement | null>;
}

/** Takes the id of an entity, of any form; the id of an entry opens it instead. */
export function EntityField({ onOpenEntry, ref }: EntityFieldProps) {
  const { changeSearch } = useAuditLog();
  const [text, setText] = useState('');
  const [shortcuts] = usePreference('shortcuts');
  useShortcuts({ '/': () => ref.current?.focus() });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = text.trim();
    if (!id) return;
    setText('');
    if (isId('al', id)) onOpenEntry(id);
    else changeSearch((now) => withFilter(now, 'entity_id', [id]));
  };
  const paste = (event: ClipboardEvent) => {
    const id = event.clipboardData.getData('text').trim();
    if (text !== '' || !isId('al', id)) return;
    event.preventDefault();
    onOpenEntry(id);
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <Search size={14} aria-hidden className={styles.icon} />
      <input
        ref={ref}
        className={styles.field}
        aria-label="Entity id, or the id of an entry"
        aria-keyshortcuts={shortcuts === 'on' ? '/' : undefined}
        placeholder="Entity id, or an al_… id"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={paste}
      />
      {shortcuts === 'on' && (
        <kbd className={styles.key} aria-hidden>
          /
        </kbd>
      )}
    </form>
  );
}
