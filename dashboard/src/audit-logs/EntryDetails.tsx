import { ArrowRight } from 'lucide-react';
import type { Entry } from '../api/types';
import { toJson } from '../ui/json';
import { Tag } from '../ui/Tag';
import { countryName, humanise } from '../ui/words';
import { AroundThis } from './AroundThis';
import { actorFilter, erasedWord, isErased } from './actor';
import { Changes } from './Changes';
import { useAuditLog } from './context';
import styles from './EntryPane.module.css';
import { Integrity } from './Integrity';
import { Metadata } from './Metadata';
import { Row, Section, Value } from './Section';
import { type AuditLogSearch, withAsked } from './search';
import { useGone } from './use-gone';
import { readUserAgent } from './user-agent';
import { VerificationSection } from './VerificationSection';
import { WhatLedToIt } from './WhatLedToIt';
import { actorTypeTitle, authMethodTitle } from './words';

/** Who, how verified, on what, what changed, from where: nothing that the entry does not say. */
export function EntryDetails({ entry }: { entry: Entry }) {
  return (
    <>
      <ActorSection entry={entry} />
      <VerificationSection entry={entry} />
      <EntitySection entry={entry} />
      <Changes entry={entry} />
      <RequestSection entry={entry} />
      <WhatLedToIt entry={entry} />
      <Metadata entry={entry} />
      <AroundThis entry={entry} />
      <Integrity entry={entry} />
      <details className={styles.raw}>
        <summary>Raw entry</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre tabIndex={0}>{toJson(entry)}</pre>
      </details>
    </>
  );
}

function ActorSection({ entry }: { entry: Entry }) {
  const { actor, actor_type } = entry;
  const isGone = useGone();
  const filter = actorFilter(entry);
  const id = entry.user_id ?? entry.api_key_id;
  return (
    <Section title="Actor">
      <dl>
        {(actor.name || isErased(entry)) && (
          <Row label="Name">
            {actor.name ? <Value value={actor.name} /> : <Erased entry={entry} />}
            {isGone(entry) && (
              <span className={styles.note}>
                {entry.user_id ? 'not in the team any more' : 'revoked since'}
              </span>
            )}
          </Row>
        )}
        <Row label="Type" filter={{ key: 'actor_type', value: actor_type }}>
          {actorTypeTitle(actor_type)}
        </Row>
        {id && (
          <Row label="Id" copy={id} filter={filter}>
            <Value mono value={id} />
          </Row>
        )}
        {actor.email && (
          <Row label="E-mail">
            <Value value={actor.email} />
          </Row>
        )}
        {actor.key_prefix && (
          <Row label="Key prefix">
            <Value mono value={`${actor.key_prefix}…`} />
          </Row>
        )}
        {actor.created_by && (
          <Row
            label="Key made by"
            {...(actor.created_by.id && {
              filter: { key: 'user_id', value: actor.created_by.id },
            })}
          >
            <Value value={actor.created_by.name ?? actor.created_by.id} />
          </Row>
        )}
        <Row label="Role then">
          <Value value={humanise(entry.role)} />
        </Row>
        <Row label="How">{authMethodTitle(entry.auth_method)}</Row>
      </dl>
      <ShowOnly search={{ [filter.key]: [filter.value] }}>All entries by this actor</ShowOnly>
    </Section>
  );
}

function EntitySection({ entry }: { entry: Entry }) {
  const { entity_id, entity_type, entity_label } = entry;
  return (
    <Section title="Entity">
      <dl>
        <Row label="Type" filter={{ key: 'entity_type', value: entity_type }}>
          <Value value={humanise(entity_type)} />
        </Row>
        <Row label="Id" copy={entity_id} filter={{ key: 'entity_id', value: entity_id }}>
          <Value mono value={entity_id} />
        </Row>
        {entity_label !== null && (
          <Row label="Called then">
            <Value value={entity_label} />
          </Row>
        )}
      </dl>
      <ShowOnly search={{ entity_id: [entity_id] }}>History of this entity</ShowOnly>
    </Section>
  );
}

function RequestSection({ entry }: { entry: Entry }) {
  const { ip_address, country, country_source, user_agent, request_id, method, route } = entry;
  const browser = user_agent ? readUserAgent(user_agent) : null;
  if (![ip_address, country, user_agent, request_id, route].some(Boolean) && !isErased(entry)) {
    return null;
  }
  return (
    <Section title="Request">
      <dl>
        {isErased(entry) && (
          <Row label="From">
            <Erased entry={entry} />
          </Row>
        )}
        {ip_address && (
          <Row label="IP address" copy={ip_address}>
            <Value mono value={ip_address} />
          </Row>
        )}
        {country && (
          <Row label="Country">
            <Value value={countryName(country) ?? country} />
            <span className={styles.note}>
              {' '}
              country of the address block
              {country_source && (
                <>
                  , by <Value value={country_source} />
                </>
              )}
            </span>
          </Row>
        )}
        {user_agent && (
          <Row label="User agent">
            {browser && <Value value={browser} />}
            <span className={styles.note}>
              <Value mono value={user_agent} />
            </span>
          </Row>
        )}
        {request_id && (
          <Row label="Request id" copy={request_id}>
            <Value mono value={request_id} />
          </Row>
        )}
        {route && (
          <Row label="Route">
            <Value mono value={[method, route].filter(Boolean).join(' ')} />
          </Row>
        )}
      </dl>
    </Section>
  );
}

function Erased({ entry }: { entry: Entry }) {
  return <Tag>{humanise(erasedWord(entry))}</Tag>;
}

/** Everything of one kind, whatever else is filtered; the pane stays. */
function ShowOnly({ search, children }: { search: AuditLogSearch; children: string }) {
  const { changeSearch } = useAuditLog();
  return (
    <button
      type="button"
      className={styles.showOnly}
      onClick={() => changeSearch((now) => withAsked(now, search))}
    >
      {children}
      <ArrowRight size={14} aria-hidden />
    </button>
  );
}
