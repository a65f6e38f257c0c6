import { Link } from '@tanstack/react-router';
import { CircleAlert, SearchX } from 'lucide-react';
import { Button } from '../ui/Button';
import { Message } from '../ui/Message';
import { useTitle } from './use-title';

export function NotFoundPage() {
  useTitle('Not found');
  return (
    <main id="main" tabIndex={-1}>
      <Message icon={SearchX} title="There is no such page">
        <Link to="/">Go to the dashboard</Link>
      </Message>
    </main>
  );
}

/** The last resort: the page itself failed, or a part of it could not be fetched. */
export function BrokenPage() {
  useTitle('Error');
  return (
    <main id="main" tabIndex={-1}>
      <Message icon={CircleAlert} title="This page failed to load" urgent>
        <p>It may have been updated while it was open.</p>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Message>
    </main>
  );
}
