import type { components } from './schema';

export type Schemas = components['schemas'];

export type Entry = Schemas['AuditLogOut'];
export type EntryPage = Schemas['AuditLogPage'];
export type Feed = Schemas['AuditLogFeed'];
export type Proof = Schemas['ProofOut'];
export type Evidence = Schemas['VerificationOut'];
export type SavedView = Schemas['AuditLogViewOut'];
export type Instance = Schemas['InstanceOut'];
export type Member = Schemas['MemberOut'];
export type ApiKey = Schemas['ApiKeyPublic'];
export type Person = Schemas['WhoamiOut'];
export type Passkey = Schemas['PasskeyOut'];
export type Assertion = Schemas['Assertion'];
export type OpenSession = Schemas['OpenSessionOut'];
export type AccountEvent = Schemas['AccountEventOut'];
export type Reading = Schemas['ReadingOut'];
export type Catalogue = Schemas['CatalogueOut'];
export type Histogram = Schemas['HistogramOut'];
export type Facets = Schemas['FacetsOut'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookDelivery = Schemas['WebhookDeliveryOut'];
export type PartnerFee = Schemas['PartnerFeeOut'];
export type BillingDetails = Schemas['BillingDetails'];
export type Invoice = Schemas['InvoiceOut'];
export type ErrorBody = Schemas['Error'];
