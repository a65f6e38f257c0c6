import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { classes } from './classes';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
}

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={classes(buttonClass(look), className)} {...rest} />;
}

/** For a link that stands among buttons. */
export function buttonClass(look: Look = 'plain'): string {
  return classes(styles.button, styles[look]);
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
}

/** A button with an icon alone: the label is its name and its tooltip. */
export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classes(styles.icon, className)}
      {...rest}
    />
  );
}
