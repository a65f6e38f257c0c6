import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import menu from './menu.module.css';

/** What a menu item that can be on or off says, with the place of its tick. */
export function Checked({ children }: { children: ReactNode }) {
  return (
    <>
      <span className={menu.check}>
        <DropdownMenu.ItemIndicator>
          <Check size={14} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </>
  );
}
