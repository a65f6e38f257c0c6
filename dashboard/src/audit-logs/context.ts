import { createContext, use } from 'react';
import type { Zone } from '../ui/time';
import type { SayValue } from './chips';
import type { AuditLogSearch } from './search';
import type { CatalogueWords } from './words';

export type ChangeSearch = (
  change: (search: AuditLogSearch) => AuditLogSearch,
  options?: { replace?: boolean },
) => void;

/** What every part of the page reads, so that it need not be handed down through all of them. */
export interface AuditLog {
  readonly instanceId: string;
  readonly search: AuditLogSearch;
  readonly changeSearch: ChangeSearch;
  readonly words: CatalogueWords;
  readonly say: SayValue;
  readonly zone: Zone;
}

export const AuditLogContext = createContext<AuditLog | null>(null);

export function useAuditLog(): AuditLog {
  const log = use(AuditLogContext);
  if (!log) throw new Error('useAuditLog is for the parts of AuditLogPage');
  return log;
}
