import { useEffect, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './map.module.css';
import { Parts } from './parts.tsx';
import type { Quarter } from './quarters.ts';
import { usePlaces } from './use-places.ts';

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
      {places.kind === 'here' && <Parts country={country} places={places.value} />}
      {places.kind === 'here' && places.value.length > 0 && (
        <ul aria-label={placeName(country)} className={styles['places']}>
          {places.value.map(({ code, name, isCountry, actors, count }) => (
            <li key={code}>
              <h3>
                {isCountry
                  ? formatMessage({ id: 'map.wholeCountry' }, { country: placeName(code) })
                  : `${name} (${code})`}
              </h3>
              <Badge>{formatMessage({ id: 'map.works' }, { count })}</Badge>
              <p>
                {actors.slice(0, MOST_NAMES).join(' · ')}
                {actors.length > MOST_NAMES && ` +${formatNumber(actors.length - MOST_NAMES)}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
