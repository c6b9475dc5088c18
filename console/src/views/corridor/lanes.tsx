import type { Campaign, CountryRole, Gap } from '@concord/client-sdk';
import { getLocalTimeZone, today } from '@internationalized/date';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from 'react-aria-components';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './lanes.module.css';
import type { Corridor } from './use-corridors.ts';
import { isInSeason } from './use-season.ts';
import { type Bar, gapsOf, type Lane } from './use-work.ts';
import { placeIn, type Year } from './year.ts';

interface Props {
  readonly lanes: readonly Lane[];
  readonly gaps: readonly Gap[];
  readonly season: Corridor['season'];
  readonly year: Year;
  readonly onOpen: (campaign: Campaign) => void;
  /** Needs of one quarter that are not answered in the countries of a role. */
  readonly onGaps: (role: CountryRole, quarter: Year['start']) => void;
}

/** Where people leave, pass through and arrive, a lane each; in it who speaks to them when, and where nobody does. */
export function Lanes({ lanes, gaps, season, year, onOpen, onGaps }: Props) {
  const { formatMessage, formatDate } = useIntl();
  const placeName = usePlaceName();
  const now = placeIn(year, { start: today(getLocalTimeZone()).toString(), end: null });
  const months = year.months.map((day) => ({
    key: day.toString(),
    date: day.toDate('UTC'),
    isSeason: season !== null && isInSeason(season, day.month),
  }));
  const quarters = year.months.filter((_, month) => month % 3 === 0);
  return (
    <div className={styles['lanes']} data-lanes>
      <div className={styles['axis']} aria-hidden="true">
        {months.map(({ key, date, isSeason }) => (
          <span key={key} className={isSeason ? styles['inSeason'] : undefined}>
            {formatDate(date, { month: 'short', timeZone: 'UTC' })}
            {date.getUTCMonth() === 0 && <b>{formatDate(date, { year: 'numeric', timeZone: 'UTC' })}</b>}
          </span>
        ))}
      </div>
      {lanes.map(({ role, tracks }) => (
        <section key={role} className={styles['lane']} aria-label={formatMessage({ id: 'corridor.role' }, { role })}>
          <h2 className={styles['role']}>
            <FormattedMessage id="corridor.role" values={{ role }} />
            <small>
              <FormattedMessage id="corridor.organisations" values={{ number: ownersOf(tracks) }} />
            </small>
          </h2>
          <div className={styles['tracks']}>
            {role !== 'ROUTE' && (
              <div className={styles['track']}>
                <span className={styles['quiet']}>
                  <FormattedMessage id="corridor.gaps" />
                </span>
                <div className={styles['gaps']}>
                  {quarters.map((quarter) => {
                    const number = gapsOf(gaps, role, quarter).length;
                    if (number === 0) return <span key={quarter.toString()} />;
                    return (
                      <Button
                        key={quarter.toString()}
                        className={styles['gap'] ?? ''}
                        aria-label={formatMessage(
                          { id: 'corridor.gapsThen' },
                          {
                            number,
                            role: formatMessage({ id: 'corridor.role' }, { role }),
                            from: formatDate(quarter.toDate('UTC'), MONTH),
                            to: formatDate(quarter.add({ months: 2 }).toDate('UTC'), MONTH),
                          },
                        )}
                        onPress={() => {
                          onGaps(role, quarter);
                        }}
                      >
                        <FormattedMessage id="corridor.gapsHere" values={{ number }} />
                      </Button>
                    );
                  })}
                </div>
              </div>
            )}
            {tracks.map(({ country, bars }) => (
              <div key={country ?? ''} className={styles['track']}>
                <span className={styles['country']}>
                  {country === null ? <FormattedMessage id="corridor.elsewhere" /> : placeName(country)}
                </span>
                <div className={styles['days']}>
                  <div className={styles['months']} aria-hidden="true">
                    {months.map(({ key, isSeason }) => (
                      <span key={key} className={isSeason ? styles['inSeason'] : undefined} />
                    ))}
                  </div>
                  {now && (
                    <span
                      className={styles['now']}
                      style={{ insetInlineStart: percent(now.from) }}
                      aria-hidden="true"
                    />
                  )}
                  {bars.length === 0 ? (
                    <p className={styles['nobody']}>
                      <FormattedMessage id="corridor.nobodyThere" />
                    </p>
                  ) : (
                    <ul className={styles['bars']}>
                      {bars.map((bar) => (
                        <OneBar key={bar.campaign.id} bar={bar} onOpen={onOpen} />
                      ))}
                    </ul>
                  )}
                </div>
              </div>
            ))}
          </div>
        </section>
      ))}
      <p className={styles['legend']}>
        {season && (
          <span>
            <i className={styles['inSeason']} aria-hidden="true" />
            <FormattedMessage id="corridor.seasonShown" />
          </span>
        )}
        {now && (
          <span>
            <i className={styles['nowSwatch']} aria-hidden="true" />
            <FormattedMessage id="corridor.today" />
          </span>
        )}
        <span>
          <i className={styles['gapSwatch']} aria-hidden="true" />
          <FormattedMessage id="corridor.gapsShown" />
        </span>
      </p>
    </div>
  );
}

function OneBar({ bar: { campaign, from, size, row }, onOpen }: { bar: Bar; onOpen: Props['onOpen'] }) {
  const { formatMessage } = useIntl();
  const daysOf = useDayRange();
  const { name, owner, footprint } = campaign;
  return (
    <li
      className={styles['bar']}
      style={{ insetInlineStart: percent(from), inlineSize: percent(size), gridRow: row + 1 }}
    >
      <Button
        aria-label={formatMessage(
          { id: 'corridor.bar' },
          { name, owner: owner.name, days: footprint.days ? daysOf(footprint.days) : '' },
        )}
        onPress={() => {
          onOpen(campaign);
        }}
      >
        <span dir="auto">{name}</span>
      </Button>
    </li>
  );
}

/** How many organisations run what is in a lane. */
const ownersOf = (tracks: Lane['tracks']): number =>
  new Set(tracks.flatMap(({ bars }) => bars.map(({ campaign }) => campaign.owner.id))).size;

const MONTH = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
