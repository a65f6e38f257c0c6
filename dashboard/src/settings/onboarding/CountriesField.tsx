import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/Button';
import { CountryField } from '../../ui/CountryField';
import { countryName } from '../../ui/words';
import styles from './OnboardingPage.module.css';

interface CountriesFieldProps {
  label: string;
  name: string;
  defaultValue: readonly string[];
}

/** A choice of several countries, one after the other. */
export function CountriesField({ label, name, defaultValue }: CountriesFieldProps) {
  const [chosen, setChosen] = useState(defaultValue);
  const [next, setNext] = useState('');
  const add = () => {
    setChosen([...new Set([...chosen, next])]);
    setNext('');
  };
  return (
    <div className={styles.countries}>
      <div className={styles.addCountry}>
        <CountryField
          label={label}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <Button disabled={next === ''} onClick={add}>
          <Plus size={14} aria-hidden />
          Add<span className="sr-only"> the country</span>
        </Button>
      </div>
      <ul className={styles.chosen} aria-label={label}>
        {chosen.map((code) => {
          const country = countryName(code) ?? code;
          return (
            <li key={code}>
              <input type="hidden" name={name} value={code} />
              {country}
              <IconButton
                label={`Take ${country} out`}
                onClick={() => setChosen(chosen.filter((other) => other !== code))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
