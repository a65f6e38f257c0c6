import { SlidersHorizontal } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { usePreference } from '../shell/preferences';
import { IconButton } from '../ui/Button';
import { Checked } from '../ui/Checked';
import { MenuPortal } from '../ui/MenuPortal';
import menu from '../ui/menu.module.css';
import { COLUMN_TITLES, COLUMNS, readColumns, withColumn } from './columns';

const DENSITIES = { compact: 'Compact', comfortable: 'Comfortable' } as const;

/** How the list looks to this reader, in this browser. */
export function DisplayMenu() {
  const [columns, setColumns] = usePreference('columns');
  const [density, setDensity] = usePreference('density');
  const shown = readColumns(columns);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Columns and rows">
          <SlidersHorizontal size={15} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <MenuPortal into="main">
        <DropdownMenu.Content className={menu.panel} align="end" sideOffset={4} loop>
          <DropdownMenu.Label className={menu.label}>Columns</DropdownMenu.Label>
          {COLUMNS.map((column) => (
            <DropdownMenu.CheckboxItem
              key={column}
              className={menu.item}
              checked={shown.includes(column)}
              onCheckedChange={(on) => setColumns(withColumn(columns, column, on))}
              // Stays open, so that one sees what each does.
              onSelect={(event) => event.preventDefault()}
            >
              <Checked>{COLUMN_TITLES[column]}</Checked>
            </DropdownMenu.CheckboxItem>
          ))}
          <DropdownMenu.Separator className={menu.separator} />
          <DropdownMenu.Label className={menu.label} id="density">
            Rows
          </DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            aria-labelledby="density"
            value={density}
            onValueChange={(value) => setDensity(value as typeof density)}
          >
            {(['compact', 'comfortable'] as const).map((value) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className={menu.item}
                onSelect={(event) => event.preventDefault()}
              >
                <Checked>{DENSITIES[value]}</Checked>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </MenuPortal>
    </DropdownMenu.Root>
  );
}
