import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { BookOpenText } from 'lucide-react';
import { useMemo } from 'react';
import type { Reading } from '../../api/types';
import { catalogueQuery } from '../../audit-logs/queries';
import { actorTypeTitle, CatalogueWords, filterTitle } from '../../audit-logs/words';
import { Page } from '../../shell/Page';
import { type Column, DataTable } from '../../ui/DataTable';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { humanise, orList } from '../../ui/words';
import { readingsQuery } from './queries';

const WHAT: Record<string, string> = {
  entries: 'The list',
  entry: 'One entry',
  feed: 'New entries, as they came',
  verification: 'The passkey of one entry',
  proof: 'The proof of one entry',
};

/** Settings → Audit logs → Readings: who read the log, and what they looked for. */
export function ReadingsPage({ instanceId }: { instanceId: string }) {
  const list = useInfiniteQuery(readingsQuery(instanceId));
  const catalogue = useQuery(catalogueQuery);
  const words = useMemo(() => new CatalogueWords(catalogue.data), [catalogue.data]);

  const columns: Column<Reading>[] = [
    {
      title: 'Reader',
      cell: ({ reader, role }) => (
        <>
          <Text value={reader.name ?? reader.id} /> ({actorTypeTitle(reader.type)}, {humanise(role)}
          )
        </>
      ),
    },
    {
      title: 'What',
      cell: ({ what, entry_id }) =>
        entry_id === null ? (
          (WHAT[what] ?? humanise(what))
        ) : (
          <Link
            to="/instances/$instanceId/settings/audit-logs"
            params={{ instanceId }}
            search={{ entry: entry_id }}
          >
            {WHAT[what] ?? humanise(what)} <span className="mono">{entry_id}</span>
          </Link>
        ),
    },
    { title: 'Filters', cell: ({ filters }) => <Text value={sayFilters(filters, words)} /> },
    { title: 'When', cell: ({ created_at }) => <When at={created_at} /> },
  ];

  return (
    <Page
      title="Readings"
      lead="Who read the audit log, and with which filters. Readings are no entries: the log is about what was done."
      action={
        <Link to="/instances/$instanceId/settings/audit-logs" params={{ instanceId }}>
          Back to the log
        </Link>
      }
    >
      <DataTable
        label="Readings"
        query={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: BookOpenText,
          title: 'Nobody has read the log yet',
          text: 'Whoever reads it, on the page or by the API, will be listed here.',
        }}
      />
      <LoadMore list={list} words="Show older readings" />
    </Page>
  );
}

/** "Feature is Payouts or Customers; Operation is Delete; Start date 2026-11-01". */
function sayFilters(filters: Reading['filters'], words: CatalogueWords): string {
  const parts = Object.entries(filters)
    // The page itself always asks for everything that there is.
    .filter(([key]) => key !== 'include')
    .map(([key, values]) => {
      if (key.endsWith('_date')) return `${humanise(key)} ${orList(values)}`;
      const { title, verb } = filterTitle(key);
      return `${title} ${verb} ${orList(values.map((value) => words.value(key, value)))}`;
    });
  return parts.join('; ') || 'None';
}
