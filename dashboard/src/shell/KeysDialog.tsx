import { Fragment } from 'react';
import { Dialog } from '../ui/Dialog';
import styles from './KeysDialog.module.css';

/** Keys by what they are for; those of a letter can be switched off in the account menu. */
const KEYS: readonly (readonly [string, readonly (readonly [keys: string, does: string])[]])[] = [
  [
    'Anywhere',
    [
      ['Ctrl K or ⌘ K', 'Go to a page or an instance'],
      ['G A', 'Go to the audit logs'],
      ['G T', 'Go to the team'],
      ['G K', 'Go to the API keys'],
      ['?', 'Show these keys'],
      ['Esc', 'Close what is open'],
    ],
  ],
  [
    'In the audit logs',
    [
      ['/ or F', 'Filter or search'],
      ['T', 'Choose the time'],
      ['L', 'Follow the log live'],
      ['.', 'Show the new entries'],
      ['J or ↓', 'Open the next entry'],
      ['K or ↑', 'Open the one before'],
      ['H', 'Show or hide the chart'],
      ['Backspace', 'Zoom out again'],
      ['E', 'Export what is shown'],
    ],
  ],
];

/** The keys that work on the pages. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      {KEYS.map(([group, keys]) => (
        <section key={group}>
          <h3 className={styles.group}>{group}</h3>
          <dl className={styles.keys}>
            {keys.map(([key, does]) => (
              <Fragment key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
      <p className={styles.note}>
        Keys of a single character do nothing while you type, and can be switched off in the account
        menu.
      </p>
    </Dialog>
  );
}
