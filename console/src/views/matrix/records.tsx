import type { CalendarEntry, Campaign, Pages, Programme } from '@concord/client-sdk';
import { FormattedMessage, useIntl } from 'react-intl';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { FailedState, Skeleton } from '../../components/states.tsx';
import { hub } from '../../hub/hub.ts';
import { usePages } from '../../hub/use-pages.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './matrix.module.css';
import { filtersOf } from './sheets.tsx';
import type { Counted } from './use-matrix.ts';

type RecordOfCell = Pick<Programme | Campaign | CalendarEntry, 'id' | 'name' | 'owner' | 'footprint'>;

/** What is in a cell, list by list; lists with nothing in them are left out. */
export function Records({ filter }: { readonly filter: Counted }) {
  const { programmes, campaigns, calendar } = filtersOf(filter);
  const { between, ...others } = calendar;
  const { start, end } = between;
  const known = JSON.stringify(filter);
  return (
    <>
      <List list="programmes" pages={() => hub.programmes.list({ first: 20, filter: programmes })} known={known} />
      <List list="campaigns" pages={() => hub.campaigns.list({ first: 20, filter: campaigns })} known={known} />
      <List
        list="calendar"
        pages={() => hub.calendar.between(start, end, { first: 20, filter: others })}
        known={known}
      />
    </>
  );
}

interface ListProps {
  readonly list: 'programmes' | 'campaigns' | 'calendar';
  readonly pages: () => Pages<RecordOfCell>;
  readonly known: string;
}

function List({ list, pages, known }: ListProps) {
  const { formatMessage, formatList } = useIntl();
  const daysOf = useDayRange();
  const placeName = usePlaceName();
  const answer = usePages(pages, [known]);
  if (answer.kind === 'waiting') return <Skeleton lines={2} />;
  if (answer.kind === 'failed') return <FailedState error={answer.error} onAgain={answer.again} />;
  const { nodes, total } = answer.value;
  if (nodes.length === 0) return null;
  return (
    <section className={styles['records']}>
      <h3>
        <FormattedMessage id="matrix.listed" values={{ list, number: total ?? nodes.length }} />
      </h3>
      <ul aria-label={formatMessage({ id: 'matrix.list' }, { list })}>
        {nodes.map(({ id, name, owner, footprint: { days, places } }) => (
          <li key={id}>
            <strong>{name}</strong>
            <Link href={`~/registry/${owner.id}`}>{owner.name}</Link>
            <span>
              {[days && daysOf(days), formatList(places.slice(0, 5).map(({ code }) => placeName(code)))]
                .filter((part) => part !== null && part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {answer.more && (
        <Button kind="quiet" onPress={answer.more} isPending={answer.isTurning}>
          <FormattedMessage id="shell.more" />
        </Button>
      )}
    </section>
  );
}
