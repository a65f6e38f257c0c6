import type { components } from './schema';

type Schemas = components['schemas'];

export type Entry = Schemas['AuditLogOut'];
export type EntryPage = Schemas['AuditLogPage'];
export type Instance = Schemas['InstanceOut'];
export type Member = Schemas['MemberOut'];
export type ApiKey = Schemas['ApiKeyPublic'];
export type Person = Schemas['WhoamiOut'];
export type Passkey = Schemas['PasskeyOut'];
export type Assertion = Schemas['Assertion'];
export type OpenSession = Schemas['OpenSessionOut'];
export type AccountEvent = Schemas['AccountEventOut'];
export type Reading = Schemas['ReadingOut'];
export type Erasure = Schemas['ErasureOut'];
export type Hold = Schemas['HoldOut'];
export type Subject = Schemas['SelectorOut'];
export type Catalogue = Schemas['CatalogueOut'];
export type Histogram = Schemas['HistogramOut'];
export type Facets = Schemas['FacetsOut'];
export type ErrorBody = Schemas['Error'];
