import { Search } from 'lucide-react';
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
  useId,
  useState,
} from 'react';
import { usePreference } from '../shell/preferences';
import { useShortcuts } from '../shell/shortcuts';
import { useAuditLog } from './context';
import styles from './FilterField.module.css';
import { idOf } from './ids';
import { SuggestionList } from './SuggestionList';
import { withMore } from './search';
import { type Suggestion, suggestionsFor } from './suggestions';
import { readTyped, type Typed } from './typed';
import { useChoices } from './use-choices';

interface FilterFieldProps {
  onOpenEntry: (id: string) => void;
  ref: RefObject<HTMLInputElement | null>;
}

/**
 * One field for whatever is looked for: a name or number, an id of any kind, or filters as those who
 * know them type them (`operation:delete -feature:payin`). The list below it leads there step by step.
 * (The combobox pattern: the focus stays in the field; without a choice, Enter takes what is typed.)
 */
export function FilterField({ onOpenEntry, ref }: FilterFieldProps) {
  const { changeSearch } = useAuditLog();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [problem, setProblem] = useState<string | null>(null);
  const [wasUsed, setUsed] = useState(false);
  const choices = useChoices(wasUsed);
  const suggestions = isOpen ? suggestionsFor(text, choices) : [];
  const active = suggestions[at];
  const [shortcuts] = usePreference('shortcuts');
  const focus = () => ref.current?.focus();
  useShortcuts({ '/': focus, f: focus });
  const id = useId();

  const open = () => {
    setUsed(true);
    setOpen(true);
  };
  const change = (next: string) => {
    setText(next);
    setAt(-1);
    setProblem(null);
    open();
  };
  const take = ({ filters, entry }: Typed) => {
    if (filters.length > 0) changeSearch((now) => filters.reduce(withMore, now));
    if (entry !== null) onOpenEntry(entry);
  };
  const choose = ({ filter, text: left }: Suggestion) => {
    if (filter) take({ filters: [filter], entry: null });
    change(left);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (active) return choose(active);
    const typed = readTyped(text, choices);
    if (typeof typed === 'string') return setProblem(typed);
    take(typed);
    setText('');
    setOpen(false);
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = idOf(event.clipboardData.getData('text').trim());
    if (text !== '' || pasted?.prefix !== 'al') return;
    event.preventDefault();
    setOpen(false);
    onOpenEntry(pasted.id);
  };
  const close = () => {
    setOpen(false);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = suggestions.length;
    if (event.key === 'ArrowDown' && !isOpen) open();
    else if (event.key === 'ArrowDown') setAt(at + 1 < count ? at + 1 : -1);
    else if (event.key === 'ArrowUp' && isOpen) setAt(at >= 0 ? at - 1 : count - 1);
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Escape' && text) change('');
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.search}>
      <form className={styles.form} onSubmit={submit}>
        <Search size={14} aria-hidden className={styles.icon} />
        <input
          ref={ref}
          className={styles.field}
          role="combobox"
          aria-label="Filter, search, or go to an id"
          aria-expanded={suggestions.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active && `${id}-${at}`}
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          aria-keyshortcuts={shortcuts === 'on' ? '/' : undefined}
          placeholder="Filter or search"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          value={text}
          onChange={(event) => change(event.target.value)}
          onFocus={open}
          onClick={open}
          onBlur={close}
          onKeyDown={onKeyDown}
          onPaste={paste}
        />
        {shortcuts === 'on' && (
          <kbd className={styles.key} aria-hidden>
            /
          </kbd>
        )}
      </form>
      <SuggestionList
        id={id}
        text={text}
        suggestions={suggestions}
        at={at}
        onPoint={setAt}
        onChoose={choose}
      />
      {problem && (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
