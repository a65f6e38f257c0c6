import { Bot, KeyRound } from 'lucide-react';
import type { Entry } from '../api/types';
import { Avatar } from '../ui/Avatar';
import styles from './ActorMark.module.css';
import { actorName } from './actor';

/** A person has initials, a key and the system an icon. Their type is also written out. */
export function ActorMark({ entry }: { entry: Entry }) {
  if (entry.actor_type === 'user') {
    return <Avatar name={actorName(entry) ?? ''} imageUrl={entry.actor.image_url} />;
  }
  const Icon = entry.actor_type === 'api_key' ? KeyRound : Bot;
  return (
    <span className={styles.mark} aria-hidden>
      <Icon size={12} />
    </span>
  );
}
