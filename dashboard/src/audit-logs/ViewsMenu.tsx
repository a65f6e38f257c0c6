import { useQuery } from '@tanstack/react-query';
import { Bookmark, ChevronDown, Pencil, Plus, Trash2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../ui/Button';
import { Checked } from '../ui/Checked';
import { plain } from '../ui/hostile';
import { MenuPortal } from '../ui/MenuPortal';
import menu from '../ui/menu.module.css';
import { Text } from '../ui/Text';
import { useAuditLog } from './context';
import { viewsQuery } from './queries';
import { withAsked } from './search';
import type { Doing } from './ViewDialog';
import styles from './ViewsMenu.module.css';
import { fromViewQuery, isSame, toViewQuery } from './views';

// Not part of what a first visit loads.
const ViewDialog = lazy(() =>
  import('./ViewDialog').then(({ ViewDialog }) => ({ default: ViewDialog })),
);

/** The filters that this reader keeps by a name; the one that is looked at is marked. */
export function ViewsMenu() {
  const { instanceId, search, changeSearch } = useAuditLog();
  const { data: views = [], error } = useQuery(viewsQuery(instanceId));
  const [doing, setDoing] = useState<Doing | null>(null);
  const current = views.find(({ query }) => isSame(search, fromViewQuery(query)));
  const asksNothing = toViewQuery(search) === '';
  const open = (id: string) => {
    const view = views.find((each) => each.id === id);
    if (view) changeSearch((now) => withAsked(now, fromViewQuery(view.query)));
  };

  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            className={styles.trigger}
            aria-label={current ? `View: ${plain(current.name)}` : 'Views'}
          >
            <Bookmark size={14} aria-hidden />
            <span className={styles.name}>{current ? <Text value={current.name} /> : 'Views'}</span>
            <ChevronDown size={13} aria-hidden />
          </Button>
        </DropdownMenu.Trigger>
        <MenuPortal into="main">
          <DropdownMenu.Content className={menu.panel} align="end" sideOffset={4} loop>
            <DropdownMenu.Label className={menu.label} id="views">
              {error ? 'Your views did not load' : 'Your views'}
            </DropdownMenu.Label>
            <DropdownMenu.RadioGroup
              aria-labelledby="views"
              value={current?.id ?? ''}
              onValueChange={open}
            >
              {views.map(({ id, name }) => (
                <DropdownMenu.RadioItem key={id} value={id} className={menu.item}>
                  <Checked>
                    <span className={menu.grow}>
                      <Text value={name} />
                    </span>
                  </Checked>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            {views.length === 0 && !error && (
              <p className={styles.none}>
                None yet. Filter the log, then keep the filters by a name. Nobody else sees it.
              </p>
            )}
            <DropdownMenu.Separator className={menu.separator} />
            {current ? (
              <>
                <Act icon={Pencil} onDo={() => setDoing({ what: 'rename', view: current })}>
                  Rename this view…
                </Act>
                <Act icon={Trash2} onDo={() => setDoing({ what: 'remove', view: current })}>
                  Remove this view…
                </Act>
              </>
            ) : (
              <Act icon={Plus} disabled={asksNothing} onDo={() => setDoing({ what: 'save' })}>
                {asksNothing ? 'Filter first, to save a view' : 'Save these filters…'}
              </Act>
            )}
          </DropdownMenu.Content>
        </MenuPortal>
      </DropdownMenu.Root>
      <Suspense>{doing && <ViewDialog doing={doing} onClose={() => setDoing(null)} />}</Suspense>
    </>
  );
}

interface ActProps {
  icon: typeof Plus;
  disabled?: boolean;
  onDo: () => void;
  children: string;
}

function Act({ icon: Icon, disabled = false, onDo, children }: ActProps) {
  return (
    <DropdownMenu.Item className={menu.item} disabled={disabled} onSelect={onDo}>
      <Icon size={14} aria-hidden />
      {children}
    </DropdownMenu.Item>
  );
}
