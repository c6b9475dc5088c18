import { FormattedMessage, useIntl } from 'react-intl';
import type { Campaign, Programme } from '@concord/client-sdk';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { usePages } from '../../hub/use-pages.ts';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { mayRegister } from './may.ts';
import styles from './registry.module.css';
import { Vetting } from './vetting.tsx';

/** One actor, and the standing work it shows to whoever looks. */
export function ActorPage({ id }: { readonly id: string }) {
  const { formatMessage } = useIntl();
  const nameOf = usePlaceName();
  const { word } = useVocabulary();
  const answer = useAnswer((signal) => hub.actors.get(id, { signal }), [id]);
  if (answer.kind === 'waiting') return <Skeleton />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const actor = answer.value;
  if (!actor) {
    return (
      <EmptyState
        action={
          <Link href="/">
            <FormattedMessage id="registry.back" />
          </Link>
        }
      >
        <FormattedMessage id="registry.noSuchActor" />
      </EmptyState>
    );
  }
  const facts: readonly (readonly [string, string])[] = [
    ['registry.kind', word('actorKinds', actor.kind.code)],
    ['registry.basedIn', actor.basedIn.map(({ code }) => nameOf(code)).join(', ')],
    ['registry.baliProcess', formatMessage({ id: 'registry.baliProcessRole' }, { role: actor.baliProcessRole })],
  ];
  return (
    <article className={styles['actor']}>
      <Link href="/">
        <FormattedMessage id="registry.back" />
      </Link>
      <header className={styles['heading']}>
        <h1>{actor.name}</h1>
        <Vetting vetting={actor.vetting} />
      </header>
      <dl className={styles['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>
              <FormattedMessage id={label} />
            </dt>
            <dd>{value === '' ? '–' : value}</dd>
          </div>
        ))}
        {actor.website !== null && /^https?:/.test(actor.website) && (
          <div>
            <dt>
              <FormattedMessage id="registry.website" />
            </dt>
            <dd>
              <a href={actor.website} rel="noreferrer">
                {actor.website}
              </a>
            </dd>
          </div>
        )}
      </dl>
      <Programmes actor={id} />
      <Campaigns actor={id} />
    </article>
  );
}

function Programmes({ actor }: { readonly actor: string }) {
  const { formatMessage } = useIntl();
  const nameOf = usePlaceName();
  const { word } = useVocabulary();
  const list = usePages(() => hub.programmes.list({ first: 20, filter: { owners: [actor] } }), [actor]);
  const viewer = useViewer();
  // Coordinators act for all.
  const isOwn = mayRegister(viewer) && (viewer.actor === null || viewer.actor.id === actor);
  const columns: readonly Column<Programme>[] = [
    { id: 'name', title: formatMessage({ id: 'registry.programme' }), show: ({ name }) => name },
    {
      id: 'places',
      title: formatMessage({ id: 'registry.places' }),
      show: ({ footprint }) =>
        footprint.places.length > 0
          ? footprint.places.map(({ code }) => nameOf(code)).join(', ')
          : footprint.corridors.map(({ code }) => code).join(', '),
    },
    {
      id: 'themes',
      title: formatMessage({ id: 'registry.themes' }),
      show: ({ footprint }) => footprint.themes.map(({ code }) => word('themes', code)).join(', '),
    },
    ...(isOwn
      ? [
          {
            id: 'deeds',
            title: formatMessage({ id: 'registry.planCampaign' }),
            show: ({ id, name }: Programme) => (
              <Link
                href={`/register/${id}/campaign`}
                aria-label={formatMessage({ id: 'registry.planCampaignIn' }, { name })}
              >
                <FormattedMessage id="registry.planCampaign" />
              </Link>
            ),
          },
        ]
      : []),
  ];
  return (
    <section className={styles['programmes']}>
      <h2>
        <FormattedMessage id="registry.programmes" />
      </h2>
      {list.kind === 'waiting' && <Skeleton lines={3} />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && (
        <EmptyState>
          <FormattedMessage id="registry.noProgrammes" />
        </EmptyState>
      )}
      {list.kind === 'here' && list.value.nodes.length > 0 && (
        <Table
          label={formatMessage({ id: 'registry.programmes' })}
          columns={columns}
          rows={list.value.nodes}
          idOf={({ id }) => id}
        />
      )}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </section>
  );
}

function Campaigns({ actor }: { readonly actor: string }) {
  const { formatMessage, formatDate } = useIntl();
  const viewer = useViewer();
  const isOwn = mayRegister(viewer) && (viewer.actor === null || viewer.actor.id === actor);
  const list = usePages(() => hub.campaigns.list({ first: 20, filter: { owners: [actor] } }), [actor]);
  const dayOf = (day: string): string => formatDate(day, { dateStyle: 'medium', timeZone: 'UTC' });
  const columns: readonly Column<Campaign>[] = [
    { id: 'name', title: formatMessage({ id: 'registry.campaign' }), show: ({ name }) => name },
    {
      id: 'days',
      title: formatMessage({ id: 'registry.days' }),
      show: ({ footprint: { days } }) =>
        days ? `${dayOf(days.start)} – ${days.end === null ? '' : dayOf(days.end)}` : '–',
    },
    ...(isOwn
      ? [
          {
            id: 'deeds',
            title: formatMessage({ id: 'registry.addEntry' }),
            show: ({ id, name }: Campaign) => (
              <Link href={`/register/${id}/entry`} aria-label={formatMessage({ id: 'registry.addEntryIn' }, { name })}>
                <FormattedMessage id="registry.addEntry" />
              </Link>
            ),
          },
        ]
      : []),
  ];
  return (
    <section className={styles['programmes']}>
      <h2>
        <FormattedMessage id="registry.campaigns" />
      </h2>
      {list.kind === 'waiting' && <Skeleton lines={3} />}
      {list.kind === 'failed' && <FailedState error={list.error} onAgain={list.again} />}
      {list.kind === 'here' && list.value.nodes.length === 0 && (
        <EmptyState>
          <FormattedMessage id="registry.noCampaigns" />
        </EmptyState>
      )}
      {list.kind === 'here' && list.value.nodes.length > 0 && (
        <Table
          label={formatMessage({ id: 'registry.campaigns' })}
          columns={columns}
          rows={list.value.nodes}
          idOf={({ id }) => id}
        />
      )}
      {list.more && (
        <Button onPress={list.more} isPending={list.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </section>
  );
}
