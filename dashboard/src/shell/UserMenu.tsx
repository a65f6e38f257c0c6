import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronsUpDown, LogOut, ShieldCheck } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { fullName } from '../identity/names';
import { whoamiQuery } from '../identity/queries';
import { useSignOut } from '../identity/use-sign-out';
import { Avatar } from '../ui/Avatar';
import { Checked } from '../ui/Checked';
import { MenuPortal } from '../ui/MenuPortal';
import menu from '../ui/menu.module.css';
import { Text } from '../ui/Text';
import { usePreference } from './preferences';
import styles from './Sidebar.module.css';

export function UserMenu({ instanceId }: { instanceId: string }) {
  const { data: person } = useQuery(whoamiQuery);
  const [theme, setTheme] = usePreference('theme');
  const [shortcuts, setShortcuts] = usePreference('shortcuts');
  const signOut = useSignOut();
  const name = person ? fullName(person) : 'Account';

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.menu}>
        <Avatar name={name} imageUrl={person?.image_url} />
        <span className={styles.two}>
          <span className={styles.first}>
            <Text value={name} />
          </span>
          {person && person.email !== name && (
            <span className={styles.second}>
              <Text value={person.email} />
            </span>
          )}
        </span>
        <span className="sr-only">Account menu</span>
        <ChevronsUpDown size={14} aria-hidden className={styles.chevron} />
      </DropdownMenu.Trigger>
      <MenuPortal into="sidebar">
        <DropdownMenu.Content className={menu.panel} align="start" side="top" sideOffset={4} loop>
          <DropdownMenu.Label className={menu.label} id="theme-label">
            Theme
          </DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            aria-labelledby="theme-label"
            value={theme}
            onValueChange={(value) => setTheme(value as typeof theme)}
          >
            {(['system', 'light', 'dark'] as const).map((value) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className={menu.item}
                // Stays open, so that the themes can be compared.
                onSelect={(event) => event.preventDefault()}
              >
                <Checked>{{ system: 'System', light: 'Light', dark: 'Dark' }[value]}</Checked>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={menu.separator} />
          <DropdownMenu.CheckboxItem
            className={menu.item}
            checked={shortcuts === 'on'}
            onCheckedChange={(on) => setShortcuts(on ? 'on' : 'off')}
            onSelect={(event) => event.preventDefault()}
          >
            <Checked>Single-key shortcuts (? lists them)</Checked>
          </DropdownMenu.CheckboxItem>
          <DropdownMenu.Separator className={menu.separator} />
          <DropdownMenu.Item className={menu.item} asChild>
            <Link
              to="/instances/$instanceId/settings/security"
              params={{ instanceId }}
              className={styles.link}
            >
              <ShieldCheck size={14} aria-hidden />
              Passkeys and sessions
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu.item} onSelect={signOut}>
            <LogOut size={14} aria-hidden />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}
