import { Tag } from '../ui/Tag';

export function instanceTypeTitle(type: string): string {
  return type === 'production' ? 'Production' : 'Development';
}

export function InstanceTypeTag({ type }: { type: string }) {
  return <Tag tone={type === 'production' ? 'accent' : 'neutral'}>{instanceTypeTitle(type)}</Tag>;
}
