import { lazy, type ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link, Redirect, Route, Switch, useRoute } from 'wouter';
import { useViewer } from '../../hub/viewer.ts';
import { SpeakOf } from '../../language/speak.tsx';
import styles from './admin.module.css';

const Audit = lazy(async () => ({ default: (await import('./audit/audit.tsx')).Audit }));
const Feeds = lazy(async () => ({ default: (await import('./feeds/feeds.tsx')).Feeds }));
const Jobs = lazy(async () => ({ default: (await import('./jobs/jobs.tsx')).Jobs }));
const Keys = lazy(async () => ({ default: (await import('./keys/keys.tsx')).Keys }));
const People = lazy(async () => ({ default: (await import('./people/people.tsx')).People }));
const ActorVetting = lazy(async () => ({ default: (await import('./vetting/actor-vetting.tsx')).ActorVetting }));
const VettingQueue = lazy(async () => ({ default: (await import('./vetting/vetting-queue.tsx')).VettingQueue }));

/** What is to be seen to: by coordinators of the hub, by editors for their own organisation. */
export default function Admin() {
  const { formatMessage } = useIntl();
  const { role, scopes } = useViewer();
  const parts = [
    ...(scopes.includes('VET') ? ['vetting'] : []),
    ...(scopes.includes('KEYS') ? ['people', 'keys'] : []),
    'feeds',
    ...(role === 'COORDINATOR' ? ['jobs', 'audit'] : []),
  ];
  return (
    <div className={styles['admin']}>
      <h1>
        <FormattedMessage id="admin.title" />
      </h1>
      <nav aria-label={formatMessage({ id: 'admin.parts' })} className={styles['parts']}>
        <ul>
          {parts.map((part) => (
            <li key={part}>
              <PartLink part={part} />
            </li>
          ))}
        </ul>
      </nav>
      <Switch>
        <Route path="/vetting">
          <InWordsOfTheRegistry>
            <VettingQueue />
          </InWordsOfTheRegistry>
        </Route>
        <Route path="/vetting/:id">
          {({ id }) => (
            <InWordsOfTheRegistry>
              <ActorVetting id={id} />
            </InWordsOfTheRegistry>
          )}
        </Route>
        <Route path="/people">
          <People />
        </Route>
        <Route path="/keys">
          <Keys />
        </Route>
        <Route path="/feeds">
          <InWordsOfTheRegistry>
            <Feeds />
          </InWordsOfTheRegistry>
        </Route>
        <Route path="/jobs">
          <Jobs />
        </Route>
        <Route path="/audit">
          <InWordsOfTheRegistry>
            <Audit />
          </InWordsOfTheRegistry>
        </Route>
        <Route>
          <Redirect to={`/${parts[0] ?? 'feeds'}`} replace />
        </Route>
      </Switch>
    </div>
  );
}

function PartLink({ part }: { readonly part: string }) {
  const [isHere] = useRoute(`/${part}/*?`);
  return (
    <Link href={`/${part}`} aria-current={isHere ? 'page' : undefined}>
      <FormattedMessage id={`admin.part.${part}`} />
    </Link>
  );
}

/** It says of actors what the registry says of them. */
function InWordsOfTheRegistry({ children }: { readonly children: ReactNode }) {
  return <SpeakOf view="registry">{children}</SpeakOf>;
}
