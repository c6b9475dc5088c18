import { parseDate } from '@internationalized/date';
import type { Overlap, OverlapPreview } from '@concord/client-sdk';
import { type KeyboardEvent, useRef } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { Days } from '../../components/date-field.tsx';
import { useViewer } from '../../hub/viewer.ts';
import { BandRow } from './band-row.tsx';
import { Bar, percent } from './bar.tsx';
import styles from './chart.module.css';
import { closed } from './days.ts';
import { type Item, mayChange } from './item.ts';
import { behind, type Lane, type Side } from './lanes.ts';
import { lengthOf, placed, shareOf, type Tick, ticksOf, type Zoom } from './scale.ts';
import type { Band } from './use-calendar.ts';
import type { Moving } from './use-move.ts';
import { presentDay } from './use-settings.ts';
import { useWording } from './use-wording.ts';

/** Of the whole width: what is closer than this to the next name is not named. */
const LEAST_BETWEEN_NAMES = 0.18;

interface Props {
  readonly by: Side;
  readonly zoom: Zoom;
  readonly window: Days;
  readonly lanes: readonly Lane[];
  readonly nameOf: (key: string | null) => string;
  readonly bands: readonly Band[];
  readonly bandName: (band: Band) => string;
  readonly overlaps: readonly Overlap[];
  readonly moving: Moving;
  /** Campaigns that have entries move by these. */
  readonly heldByEntries: ReadonlySet<string>;
  /** What the chosen one would meet on its new days. */
  readonly preview: readonly OverlapPreview[];
}

/** Time from one side to the other, a lane for each actor, corridor or country; it runs as one reads. */
export function Chart(props: Props) {
  const { by, zoom, window, lanes, nameOf, bands, bandName, overlaps, moving, heldByEntries, preview } = props;
  const viewer = useViewer();
  const wording = useWording();
  const chart = useRef<HTMLDivElement>(null);
  const { formatMessage } = useIntl();
  const ticks = ticksOf(zoom, window);
  const first = lanes[0]?.rows[0]?.[0]?.id;
  const entrance = moving.chosen && lanes.some((lane) => holds(lane, moving.chosen)) ? moving.chosen.id : first;
  let isEntranceOpen = true;
  return (
    <div ref={chart} className={styles['chart']} onKeyDown={walk}>
      <p id="calendar-keys" hidden>
        <FormattedMessage id="calendar.keys" />
      </p>
      <Axis zoom={zoom} window={window} ticks={ticks} />
      <BandRow
        title={formatMessage({ id: 'calendar.seasons' })}
        window={window}
        bands={bands.filter(({ kind }) => kind === 'SEASON').map((band) => ({ ...band, name: bandName(band) }))}
        tone="season"
      />
      <BandRow
        title={formatMessage({ id: 'calendar.observances' })}
        window={window}
        bands={bands.filter(({ kind }) => kind !== 'SEASON').map((band) => ({ ...band, name: bandName(band) }))}
        tone="observance"
      />
      <BandRow
        title={formatMessage({ id: viewer.actor ? 'calendar.yourOverlaps' : 'calendar.overlaps' })}
        window={window}
        bands={overlaps.map((overlap) => ({
          days: closed(overlap.days),
          name: wording.overlap(overlap),
          reason: overlap.explanation,
        }))}
        tone="overlap"
      />
      <div className={styles['below']}>
        <Lines window={window} ticks={ticks} />
        <ul className={styles['lanes']}>
          {lanes.map((lane) => (
            <li key={lane.key ?? ''} className={styles['lane']} data-mine={lane.key === viewer.actor?.id || undefined}>
              <span className={styles['name']}>{nameOf(lane.key)}</span>
              <div
                data-track
                className={styles['track']}
                style={{ minBlockSize: `calc(${String(lane.rows.length)} * var(--row) + var(--space-2))` }}
              >
                {behind(bands, by, lane.key).map((band, index) => (
                  <Shade
                    key={index}
                    window={window}
                    days={band.days}
                    tone={band.kind === 'SEASON' ? 'season' : 'observance'}
                  />
                ))}
                {holds(lane, moving.chosen) &&
                  preview.map((overlap, index) => (
                    <Shade key={index} window={window} days={closed(overlap.days)} tone="overlap" />
                  ))}
                <ul>
                  {lane.rows.map((row, index) => (
                    <li key={index}>
                      <ul className={styles['row']}>
                        {row.map((item) => {
                          const isEntrance = isEntranceOpen && item.id === entrance;
                          if (isEntrance) isEntranceOpen = false;
                          return (
                            <li key={item.id}>
                              <Bar
                                item={current(item, moving)}
                                window={window}
                                moving={moving}
                                isMovable={mayChange(viewer, item) && !heldByEntries.has(item.id)}
                                isEntrance={isEntrance}
                              />
                            </li>
                          );
                        })}
                      </ul>
                    </li>
                  ))}
                </ul>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );

  /** From bar to bar by arrow keys, so that the tab key need not pass them all. */
  function walk(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const bars = [...(chart.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])];
    const here = bars.findIndex((bar) => bar === document.activeElement);
    if (step === undefined || here < 0) return;
    event.preventDefault();
    bars[here + step]?.focus();
  }
}

const holds = ({ rows }: Lane, item: Item | null): boolean =>
  item !== null && rows.some((row) => row.some(({ id }) => id === item.id));

/** What was just changed is newer than the list. */
function current(item: Item, { chosen }: Moving): Item {
  return chosen?.id === item.id && chosen.record.version > item.record.version ? chosen : item;
}

function Axis({ zoom, window, ticks }: Pick<Props, 'zoom' | 'window'> & { readonly ticks: readonly Tick[] }) {
  const { formatDate } = useIntl();
  const say = (day: string, options: Intl.DateTimeFormatOptions): string =>
    formatDate(parseDate(day).toDate('UTC'), { ...options, timeZone: 'UTC' });
  const isFine = zoom === 'day' || zoom === 'week';
  return (
    <div className={styles['axis']} aria-hidden="true">
      <div className={styles['track']}>
        {ticks
          .filter(({ isMajor }) => isMajor)
          .filter(({ at }, index, major) => (major[index + 1]?.at ?? 2) - at > LEAST_BETWEEN_NAMES)
          .map(({ day, at }) => (
            <span key={day} data-major className={styles['label']} style={{ insetInlineStart: percent(at) }}>
              {say(day, isFine ? { month: 'short', year: 'numeric' } : { year: 'numeric' })}
            </span>
          ))}
        {ticks.map(({ day, at }) => (
          <span key={day} className={styles['label']} style={{ insetInlineStart: percent(at) }}>
            {say(day, isFine ? { day: 'numeric' } : { month: 'short' })}
          </span>
        ))}
        <Today window={window} isNamed />
      </div>
    </div>
  );
}

function Lines({ window, ticks }: { readonly window: Days; readonly ticks: readonly Tick[] }) {
  return (
    <div aria-hidden="true" className={styles['lines']}>
      {ticks.map(({ day, at, isMajor }) => (
        <span
          key={day}
          className={styles['line']}
          data-major={isMajor || undefined}
          style={{ insetInlineStart: percent(at) }}
        />
      ))}
      <Today window={window} />
    </div>
  );
}

function Today({ window, isNamed = false }: { readonly window: Days; readonly isNamed?: boolean }) {
  const at = shareOf(window, presentDay()) + 0.5 / lengthOf(window);
  if (at < 0 || at > 1) return null;
  return (
    <span className={styles['today']} style={{ insetInlineStart: percent(at) }}>
      {isNamed && (
        <b>
          <FormattedMessage id="calendar.today" />
        </b>
      )}
    </span>
  );
}

function Shade({ window, days, tone }: { readonly window: Days; readonly days: Days; readonly tone: string }) {
  const { from, size } = placed(window, days);
  if (size === 0) return null;
  return (
    <span
      aria-hidden="true"
      className={styles['shade']}
      data-tone={tone}
      style={{ insetInlineStart: percent(from), inlineSize: percent(size) }}
    />
  );
}
