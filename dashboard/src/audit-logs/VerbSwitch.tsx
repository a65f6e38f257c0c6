import type { Chip } from './chips';
import styles from './VerbSwitch.module.css';

interface VerbSwitchProps {
  title: string;
  verb: Chip['verb'];
  onTurn: (verb: Chip['verb']) => void;
}

/** Whether a filter asks for its values or leaves them out. */
export function VerbSwitch({ title, verb, onTurn }: VerbSwitchProps) {
  return (
    <fieldset className={styles.switch}>
      <legend className="sr-only">{title}</legend>
      {(['is', 'is not'] as const).map((each) => (
        <label key={each} className={styles.choice}>
          <input
            type="radio"
            name="verb"
            className="sr-only"
            checked={verb === each}
            onChange={() => onTurn(each)}
          />
          {each}
        </label>
      ))}
    </fieldset>
  );
}
