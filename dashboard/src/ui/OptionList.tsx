import { Check } from 'lucide-react';
import { useId, useState } from 'react';
import { classes } from './classes';
import styles from './OptionList.module.css';
import { Text } from './Text';
import { useActiveOption } from './use-active-option';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** The second tone: an e-mail address, a key's prefix. */
  readonly hint?: string | undefined;
  /** How many there are of it, as text. */
  readonly count?: string | undefined;
}

interface OptionListProps {
  label: string;
  placeholder: string;
  options: readonly Option[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
  /** An option made of what was typed, as a pasted id that is not in the list. */
  optionFrom?: ((text: string) => Option | null) | undefined;
  /** What to say when nothing fits. */
  none: string;
}

/**
 * Any number of values out of a list: a field that narrows the list, the arrow keys to move in it,
 * Enter to choose. (The combobox pattern: the focus stays in the field.)
 */
export function OptionList(props: OptionListProps) {
  const { label, placeholder, chosen, onToggle, none } = props;
  const [text, setText] = useState('');
  const id = useId();
  const options = matching(props, text.trim());
  const { active, activeId, point, onKeyDown } = useActiveOption(options, id, ({ value }) =>
    onToggle(value),
  );

  return (
    <div className={styles.box}>
      <input
        className={styles.field}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          point(0);
        }}
        onKeyDown={onKeyDown}
      />
      {/* The field has the focus and moves among the options; they are not stops of their own. */}
      <div
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label={label}
        aria-multiselectable="true"
        className={styles.list}
      >
        {options.map((option, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
          <div
            key={option.value}
            id={`${id}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={chosen.includes(option.value)}
            className={classes(styles.option, option === active && styles.active)}
            onClick={() => onToggle(option.value)}
            onMouseMove={() => point(place)}
            // A click must not take the focus out of the field.
            onMouseDown={(event) => event.preventDefault()}
          >
            <OptionContent option={option} />
          </div>
        ))}
      </div>
      {options.length === 0 && <p className={styles.none}>{none}</p>}
    </div>
  );
}

function OptionContent({ option }: { option: Option }) {
  return (
    <>
      <span className={styles.tick} aria-hidden>
        <Check size={12} strokeWidth={3} />
      </span>
      <span className={styles.words}>
        <Text value={option.label} />
        {option.hint && <Text className={styles.hint} value={option.hint} />}
      </span>
      {option.count !== undefined && <span className={styles.count}>{option.count}</span>}
    </>
  );
}

function matching({ options, optionFrom }: OptionListProps, text: string): readonly Option[] {
  if (text === '') return options;
  const wanted = text.toLowerCase();
  const found = options.filter(({ value, label, hint = '' }) =>
    [value, label, hint].some((words) => words.toLowerCase().includes(wanted)),
  );
  const own = optionFrom?.(text);
  return own && !found.some(({ value }) => value === own.value) ? [own, ...found] : found;
}
