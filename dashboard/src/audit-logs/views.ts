import { parseSearchParams, stringifySearchParams } from '../search-params';
import { type AuditLogSearch, asked, readSearch } from './search';

/** What a search asks, as it is kept: the query of an address without its question mark. */
export function toViewQuery(search: AuditLogSearch): string {
  return stringifySearchParams(asked(search)).slice(1);
}

export function fromViewQuery(query: string): AuditLogSearch {
  return asked(readSearch(parseSearchParams(query)));
}

/** Whether two ask for the same, in whichever order they say it. */
export function isSame(one: AuditLogSearch, other: AuditLogSearch): boolean {
  return inOrder(one) === inOrder(other);
}

function inOrder(search: AuditLogSearch): string {
  const params = new URLSearchParams(toViewQuery(search));
  return [...params]
    .map((pair) => pair.join('='))
    .sort()
    .join('&');
}
