import { exactTime, relativeTime } from './time';
import { useNow } from './use-now';

/** How long ago something was; the exact time is its title. */
export function When({ at, never = '–' }: { at: string | null | undefined; never?: string }) {
  const now = useNow();
  if (!at) return never;
  const date = new Date(at);
  return (
    <time dateTime={at} title={`${exactTime(date, 'utc')} UTC`}>
      {relativeTime(date, now)}
    </time>
  );
}
