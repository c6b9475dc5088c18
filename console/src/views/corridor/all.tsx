import { getLocalTimeZone, today } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link, useLocation } from 'wouter';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './corridor.module.css';
import { type Corridor, countriesOf, ROLES, useCorridors } from './use-corridors.ts';
import { useSeason } from './use-season.ts';
import { yearFrom } from './year.ts';

/** The routes the hub knows. */
export function All() {
  const { formatMessage, formatList } = useIntl();
  const [, go] = useLocation();
  const placeName = usePlaceName();
  const seasonName = useSeason();
  const answer = useCorridors();
  const work = useAnswer(async (signal) => {
    const { start, end } = yearFrom(today(getLocalTimeZone()));
    const filter = { between: { start: start.toString(), end: end.toString() } };
    return (await hub.whoDoesWhatWhere('CORRIDOR', 'QUARTER', { filter, signal })).rows;
  }, []);
  const columns: readonly Column<Corridor>[] = [
    {
      id: 'name',
      title: formatMessage({ id: 'corridor.one' }),
      show: ({ code, name }) => <Link href={`/${code}`}>{name}</Link>,
    },
    {
      id: 'way',
      title: formatMessage({ id: 'corridor.way' }),
      // The sign is mirrored where one reads from right to left.
      show: (corridor) =>
        ROLES.map((role) => countriesOf(corridor, role).map(placeName))
          .filter((countries) => countries.length > 0)
          .map((countries) => formatList(countries, { type: 'unit' }))
          .join(' › '),
    },
    {
      id: 'organisations',
      title: formatMessage({ id: 'corridor.work' }),
      show: ({ code }) =>
        work.kind === 'here' ? (
          <FormattedMessage
            id="corridor.organisations"
            values={{ number: work.value.find((heading) => heading.code === code)?.actors ?? 0 }}
          />
        ) : (
          '…'
        ),
    },
    {
      id: 'season',
      title: formatMessage({ id: 'corridor.season' }),
      show: ({ season }) => season && seasonName(season),
    },
  ];
  return (
    <div className={styles['corridor']}>
      <h1>
        <FormattedMessage id="corridor.title" />
      </h1>
      {answer.kind === 'waiting' && <Skeleton lines={10} />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {answer.kind === 'here' && answer.value.length === 0 && (
        <EmptyState>
          <FormattedMessage id="corridor.none" />
        </EmptyState>
      )}
      {answer.kind === 'here' && answer.value.length > 0 && (
        <Table
          label={formatMessage({ id: 'corridor.title' })}
          columns={columns}
          rows={answer.value}
          idOf={({ code }) => code}
          onOpen={({ code }) => {
            go(`/${code}`);
          }}
        />
      )}
    </div>
  );
}
