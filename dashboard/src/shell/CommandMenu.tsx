import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { useMay } from '../identity/permissions';
import { instancesQuery } from '../identity/queries';
import { classes } from '../ui/classes';
import { Dialog } from '../ui/Dialog';
import { Text } from '../ui/Text';
import { useActiveOption } from '../ui/use-active-option';
import styles from './CommandMenu.module.css';
import { PLACES } from './places';

interface Command {
  readonly id: string;
  readonly title: string;
  /** What sort of thing it leads to. */
  readonly group: string;
  readonly run: () => void;
}

/**
 * Goes to a page or an instance by a few letters of its name. (The combobox pattern: the focus stays in
 * the field; the arrows move, Enter goes.)
 */
export default function CommandMenu({
  instanceId,
  onClose,
}: {
  instanceId: string;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // Once the dialog is open: it gives the focus to its first button.
  useEffect(() => field.current?.focus(), []);
  const wanted = text.trim().toLowerCase();
  const commands = useCommands(instanceId).filter(({ title, group }) =>
    `${title} ${group}`.toLowerCase().includes(wanted),
  );

  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const { active, activeId, point, onKeyDown } = useActiveOption(commands, id, run);

  return (
    <Dialog title="Go to" onClose={onClose}>
      <input
        className={styles.field}
        role="combobox"
        aria-label="Go to a page or an instance"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        placeholder="A page or an instance"
        autoComplete="off"
        spellCheck={false}
        ref={field}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          point(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Pages and instances"
        className={styles.list}
      >
        {commands.map((command, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
          <div
            key={command.id}
            id={`${id}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={command === active}
            className={classes(styles.option, command === active && styles.active)}
            onClick={() => run(command)}
            onMouseMove={() => point(place)}
          >
            <Text value={command.title} />
            <span className={styles.group}>{command.group}</span>
          </div>
        ))}
      </div>
      {commands.length === 0 && <p className={styles.group}>Nothing is called so.</p>}
    </Dialog>
  );
}

function useCommands(instanceId: string): Command[] {
  const navigate = useNavigate();
  const may = useMay(instanceId);
  const { data: instances = [] } = useQuery(instancesQuery);
  const pages = PLACES.flatMap(({ group, places }) =>
    places
      .filter(({ area }) => area === undefined || may(area, 'R'))
      .map(({ to, title }) => ({
        id: to,
        title,
        group,
        run: () => navigate({ to, params: { instanceId } }),
      })),
  );
  const others = instances
    .filter(({ id }) => id !== instanceId)
    .map(({ id, name }) => ({
      id,
      title: name,
      group: 'Instance',
      run: () => navigate({ to: '/instances/$instanceId', params: { instanceId: id } }),
    }));
  return [...pages, ...others];
}
