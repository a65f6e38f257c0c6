import { Search } from 'lucide-react';
import type { FormEvent } from 'react';
import { humanise } from '../ui/words';
import styles from './ListFilters.module.css';

interface ListFiltersProps<Status extends string> {
  /** What is looked for: "Name of the customer". */
  label: string;
  name: string | undefined;
  onName: (name: string | undefined) => void;
  status: Status | undefined;
  statuses: readonly Status[];
  onStatus: (status: Status | undefined) => void;
}

/** Narrows a list to a name and a status. The name counts once Enter is pressed. */
export function ListFilters<Status extends string>(props: ListFiltersProps<Status>) {
  const { label, name, onName, status, statuses, onStatus } = props;
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = new FormData(event.currentTarget).get('name');
    onName(typeof wanted === 'string' && wanted.trim() !== '' ? wanted.trim() : undefined);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers of 2023 have no <search> yet
    <form role="search" className={styles.filters} onSubmit={find}>
      <span className={styles.find}>
        <Search size={14} aria-hidden />
        <input
          // What the address says replaces what was typed, as by the back button.
          key={name}
          name="name"
          type="search"
          aria-label={label}
          placeholder={label}
          defaultValue={name}
          autoComplete="off"
        />
      </span>
      <select
        aria-label="Status"
        value={status ?? ''}
        onChange={(event) => onStatus(statuses.find((each) => each === event.target.value))}
      >
        <option value="">Any status</option>
        {statuses.map((each) => (
          <option key={each} value={each}>
            {humanise(each)}
          </option>
        ))}
      </select>
    </form>
  );
}
