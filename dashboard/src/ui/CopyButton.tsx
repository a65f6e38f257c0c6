import { Check, Copy, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce } from './announce';
import { Button, IconButton } from './Button';
import { copyText } from './copy';

interface CopyProps {
  /** Made only when it is asked for. */
  text: () => string;
  /** What the button does, as "Copy link". */
  label: string;
  icon?: LucideIcon;
}

function useCopied({ text, label }: CopyProps): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    const done = await copyText(text());
    setCopied(done);
    announce(done ? `${label}: done` : `${label}: the browser did not allow it`);
  };
  return [copied, copy];
}

export function CopyIconButton(props: CopyProps) {
  const [copied, copy] = useCopied(props);
  const Icon = copied ? Check : (props.icon ?? Copy);
  return (
    <IconButton label={copied ? 'Copied' : props.label} onClick={copy}>
      <Icon size={14} aria-hidden />
    </IconButton>
  );
}

export function CopyButton(props: CopyProps) {
  const [copied, copy] = useCopied(props);
  const Icon = copied ? Check : (props.icon ?? Copy);
  return (
    <Button look="quiet" onClick={copy}>
      <Icon size={14} aria-hidden />
      {copied ? 'Copied' : props.label}
    </Button>
  );
}
