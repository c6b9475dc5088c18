import { useEffect, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './map.module.css';
import type { Quarter } from './quarters.ts';
import { type PlaceRow, usePlaces } from './use-places.ts';

interface Props {
  readonly country: string;
  readonly at: Quarter;
  readonly onClose: () => void;
}

const MOST_NAMES = 4;

/** One country and its first subdivisions, as far as work there is stated, and as finely as its owners release it. */
export function Places({ country, at, onClose }: Props) {
  const { formatMessage, formatNumber, locale } = useIntl();
  const placeName = usePlaceName();
  const places = usePlaces(country, at.days, locale);
  const columns: readonly Column<PlaceRow>[] = [
    {
      id: 'place',
      title: formatMessage({ id: 'map.column.place' }),
      show: ({ isCountry, name, code }) =>
        isCountry ? formatMessage({ id: 'map.wholeCountry' }, { country: placeName(code) }) : `${name} (${code})`,
    },
    {
      id: 'actors',
      title: formatMessage({ id: 'map.column.who' }),
      show: ({ actors }) =>
        actors.slice(0, MOST_NAMES).join(', ') +
        (actors.length > MOST_NAMES ? ` +${formatNumber(actors.length - MOST_NAMES)}` : ''),
    },
    {
      id: 'count',
      title: formatMessage({ id: 'map.column.count' }),
      isNumeric: true,
      show: ({ count }) => formatNumber(count),
    },
  ];
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (places.kind === 'here') section.current?.scrollIntoView({ block: 'nearest' });
  }, [country, places.kind]);
  return (
    <section ref={section} className={styles['section']} aria-label={placeName(country)}>
      <header>
        <h2>{placeName(country)}</h2>
        <Button kind="quiet" onPress={onClose}>
          <FormattedMessage id="shell.close" />
        </Button>
      </header>
      {places.kind === 'waiting' && <Skeleton lines={3} />}
      {places.kind === 'failed' && <FailedState error={places.error} onAgain={places.again} />}
      {places.kind === 'here' && places.value.length === 0 && (
        <EmptyState>
          <FormattedMessage id="map.nobody" />
        </EmptyState>
      )}
      {places.kind === 'here' && places.value.length > 0 && (
        <Table label={placeName(country)} columns={columns} rows={places.value} idOf={({ code }) => code} />
      )}
    </section>
  );
}
