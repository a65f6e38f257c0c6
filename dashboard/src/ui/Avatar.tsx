import styles from './Avatar.module.css';

interface AvatarProps {
  name: string;
  imageUrl?: string | null | undefined;
}

/** A decoration beside a name that is written out. */
export function Avatar({ name, imageUrl }: AvatarProps) {
  if (imageUrl && isOurs(imageUrl)) {
    return <img className={styles.avatar} src={imageUrl} alt="" width={20} height={20} />;
  }
  return (
    <span className={styles.avatar} aria-hidden>
      {initials(name)}
    </span>
  );
}

/** A picture from elsewhere would tell its host who reads the log, and when. */
function isOurs(url: string): boolean {
  return URL.canParse(url, window.location.href)
    ? new URL(url, window.location.href).origin === window.location.origin
    : false;
}

function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => (word ? (Array.from(word)[0] ?? '') : ''))
    .join('');
  return letters.toUpperCase() || '–';
}
