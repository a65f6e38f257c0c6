import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import type { AccountEvent } from '../../api/types';
import { wayIn } from '../../identity/ways-in';
import { PageSection } from '../../shell/Page';
import { type Column, DataTable } from '../../ui/DataTable';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { Device, Origin } from './Origin';
import { eventsQuery } from './queries';

const KINDS: Record<AccountEvent['kind'], string> = {
  sign_in: 'Signed in',
  sign_in_failed: 'Failed sign-in',
  sign_out: 'Signed out',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
  session_revoked: 'Signed out from elsewhere',
};

const COLUMNS: Column<AccountEvent>[] = [
  { title: 'What', cell: ({ kind }) => KINDS[kind] },
  { title: 'Which', cell: (event) => <Text value={labelOf(event)} /> },
  { title: 'Device', cell: (event) => <Device of={event} /> },
  { title: 'From', cell: (event) => <Origin of={event} /> },
  { title: 'When', cell: ({ created_at }) => <When at={created_at} /> },
];

/** What happened to one's way in, newest first. */
export function AccountEvents() {
  const list = useInfiniteQuery(eventsQuery);

  return (
    <PageSection
      title="Account events"
      lead="Every sign-in, also those that failed, and every change of your passkeys and sessions."
    >
      <DataTable
        label="Account events"
        query={list}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        empty={{ icon: ScrollText, title: 'Nothing happened yet', text: 'A sign-in will be here.' }}
      />
      <LoadMore list={list} words="Show older events" />
    </PageSection>
  );
}

function labelOf({ label, auth_method }: AccountEvent): string {
  return label ?? (auth_method === null ? '–' : wayIn(auth_method));
}
