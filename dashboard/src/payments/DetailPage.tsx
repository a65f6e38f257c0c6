import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode, useCallback } from 'react';
import { Activity } from '../audit-logs/Activity';
import { useMay } from '../identity/permissions';
import { Page } from '../shell/Page';
import { plain } from '../ui/hostile';
import styles from './DetailPage.module.css';
import { ACTIVITY, type ChangeDetail, type DetailSearch } from './detail-search';

export interface Tab {
  /** As it stands in the address. */
  readonly name: string;
  readonly title: string;
  readonly content: ReactNode;
}

interface DetailPageProps {
  instanceId: string;
  /** Whose page it is, to the audit log. */
  entityId: string;
  title: string;
  /** The pages above this one, as links. */
  above: readonly ReactNode[];
  lead?: ReactNode;
  action?: ReactNode;
  /** The first one is what the page opens with. */
  tabs: readonly Tab[];
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/**
 * The page of one thing: its parts as tabs, and last, for who may read the audit log, what was done
 * to it and with it.
 */
export function DetailPage(props: DetailPageProps) {
  const { instanceId, entityId, title, above, lead, action, tabs, search, onSearch } = props;
  const readsLog = useMay(instanceId)('AUDIT_LOGS', 'R');
  const titles = tabs.map(({ name, title }) => ({ name, title }));
  if (readsLog) titles.push({ name: ACTIVITY, title: 'Activity' });
  const shown = titles.find(({ name }) => name === search.tab)?.name ?? tabs[0]?.name;
  const onEntry = useCallback(
    (entry: string | undefined, options?: { replace?: boolean }) =>
      onSearch(entry === undefined ? { tab: ACTIVITY } : { tab: ACTIVITY, entry }, options),
    [onSearch],
  );

  const page = (content: ReactNode) => (
    <Page title={title} lead={lead} action={action} above={<Above links={above} />}>
      <Tabs label={`About ${plain(title)}`} tabs={titles} shown={shown} />
      {content}
    </Page>
  );
  if (shown !== ACTIVITY) return page(tabs.find(({ name }) => name === shown)?.content);
  return (
    <Activity instanceId={instanceId} entityId={entityId} entry={search.entry} onEntry={onEntry}>
      {page}
    </Activity>
  );
}

function Above({ links }: { links: readonly ReactNode[] }) {
  return (
    <nav aria-label="Above this page" className={styles.above}>
      {links.map((link, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in the path is what a link is known by
        <Fragment key={place}>
          {link}
          <span aria-hidden>/</span>
        </Fragment>
      ))}
    </nav>
  );
}

interface TabsProps {
  label: string;
  tabs: readonly Omit<Tab, 'content'>[];
  shown: string | undefined;
}

/** Links, as each part has an address: it can be kept, sent, and opened beside the others. */
function Tabs({ label, tabs, shown }: TabsProps) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map(({ name, title }) => (
        <Link
          key={name}
          to="."
          search={{ tab: name }}
          className={styles.tab}
          aria-current={name === shown ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
