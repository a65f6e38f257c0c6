import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Check, ChevronsUpDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { InstanceTypeTag, instanceTypeTitle } from '../identity/InstanceTypeTag';
import { instancesQuery } from '../identity/queries';
import { classes } from '../ui/classes';
import { MenuPortal } from '../ui/MenuPortal';
import menu from '../ui/menu.module.css';
import { Text } from '../ui/Text';
import styles from './Sidebar.module.css';

export function InstanceSwitcher({ instanceId }: { instanceId: string }) {
  const navigate = useNavigate();
  const { data: instances = [], isPending } = useQuery(instancesQuery);
  const current = instances.find((instance) => instance.id === instanceId);

  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={classes(styles.menu, styles.switcher)}>
        <span className={styles.two}>
          <span className={styles.first}>
            {isPending ? '…' : <Text value={current?.name ?? instanceId} />}
          </span>
          <span className={styles.second}>
            <span className="sr-only">Switch instance, now </span>
            {current ? instanceTypeTitle(current.type) : isPending ? '' : 'Not one of yours'}
          </span>
        </span>
        <ChevronsUpDown size={14} aria-hidden className={styles.chevron} />
      </DropdownMenu.Trigger>
      <MenuPortal into="sidebar">
        <DropdownMenu.Content className={menu.panel} align="start" sideOffset={4} loop>
          <DropdownMenu.RadioGroup
            value={instanceId}
            onValueChange={(id) =>
              navigate({ to: '/instances/$instanceId', params: { instanceId: id } })
            }
          >
            {instances.map((instance) => (
              <DropdownMenu.RadioItem key={instance.id} value={instance.id} className={menu.item}>
                <span className={menu.check}>
                  <DropdownMenu.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                <span className={menu.grow}>
                  <Text value={instance.name} />
                </span>
                <InstanceTypeTag type={instance.type} />
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          {instances.length > 0 && <DropdownMenu.Separator className={menu.separator} />}
          <DropdownMenu.Item className={menu.item} asChild>
            <Link to="/instances" className={styles.link}>
              All instances
            </Link>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}
