import { lazy, useEffect, useMemo } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Button } from '../../components/button.tsx';
import { Segments } from '../../components/segments.tsx';
import { Select } from '../../components/select.tsx';
import { EmptyState, FailedState, Skeleton } from '../../components/states.tsx';
import { Twin } from '../../components/twin.tsx';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { useViewer } from '../../hub/viewer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './calendar.module.css';
import { Chart } from './chart.tsx';
import { Details } from './details.tsx';
import { mayChange } from './item.ts';
import { lanesOf, SIDES } from './lanes.ts';
import { moved, windowAt, ZOOMS } from './scale.ts';
import { type Band, useCalendar, useOverlaps } from './use-calendar.ts';
import { useMoving, useOverlapPreview } from './use-move.ts';
import { presentDay, useSettings } from './use-settings.ts';
import { useWording } from './use-wording.ts';

/** With all that tables need, which nobody fetches who looks at the picture. */
const Listing = lazy(async () => ({ default: (await import('./listing.tsx')).Listing }));

/** Who does what when: by actor, corridor or country, from days to years, with what stands behind it; one's own can be moved. */
export default function Calendar() {
  const { formatMessage } = useIntl();
  const viewer = useViewer();
  const wording = useWording();
  const placeName = usePlaceName();
  const [settings, change] = useSettings();
  const { by, zoom, from, country } = settings;
  const window = useMemo(() => windowAt(zoom, from), [zoom, from]);
  const answer = useCalendar(window, country);
  const overlaps = useOverlaps(window, country, viewer.actor?.id ?? null);
  const corridors = useAnswer((signal) => hub.corridors({ signal }), []);
  const known = corridors.kind === 'here' ? corridors.value : [];
  const moving = useMoving(answer.again);
  const { chosen, draft, isMoved } = moving;
  const preview = useOverlapPreview(viewer, chosen, isMoved ? draft : null);
  useEffect(() => {
    moving.choose(null);
  }, [by, country]);

  const corridorName = (code: string): string => known.find((corridor) => corridor.code === code)?.name ?? code;
  const bandName = ({ name, corridor, countries, estimated }: Band): string => {
    if (corridor) return corridorName(corridor.code);
    const places = countries.slice(0, 3).map(({ code }) => placeName(code));
    const said = formatMessage(
      { id: 'calendar.bandName' },
      { name, places: places.length > 0 ? places.join(', ') : 'none' },
    );
    const more = countries.length > 3 ? ` +${String(countries.length - 3)}` : '';
    return `${said}${more}${estimated ? ' ≈' : ''}`;
  };
  const listed = answer.kind === 'here' ? answer.value : null;
  const owners = useMemo(() => new Map(listed?.items.map(({ owner }) => [owner.id, owner.name])), [listed]);
  const nameOf = (key: string | null): string => {
    if (key === null) return formatMessage({ id: `calendar.no.${by}` });
    return by === 'actor' ? (owners.get(key) ?? key) : by === 'corridor' ? corridorName(key) : placeName(key);
  };
  const heldByEntries = new Set(
    listed?.items.flatMap((item) => (item.type === 'entry' ? [item.record.campaign.id] : [])),
  );
  const countries = [...new Set(known.flatMap(({ legs }) => legs.map((leg) => leg.country.code)))]
    .map((id) => ({ id, label: placeName(id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className={styles['calendar']}>
      <header className={styles['heading']}>
        <h1>
          <FormattedMessage id="calendar.title" />
        </h1>
        <p role="status">
          {wording.days(window)}
          {listed && listed.total > listed.items.length && (
            <>
              {' · '}
              <FormattedMessage id="calendar.notAll" values={{ shown: listed.items.length, total: listed.total }} />
            </>
          )}
        </p>
      </header>
      <div className={styles['controls']}>
        <Segments
          label={formatMessage({ id: 'calendar.by' })}
          choices={SIDES.map((id) => ({ id, label: formatMessage({ id: `calendar.by.${id}` }) }))}
          value={by}
          onChange={(side) => {
            change({ by: side });
          }}
        />
        <Segments
          label={formatMessage({ id: 'calendar.zoom' })}
          choices={ZOOMS.map((id) => ({ id, label: formatMessage({ id: `calendar.zoom.${id}` }) }))}
          value={zoom}
          onChange={(wanted) => {
            change({ zoom: wanted });
          }}
        />
        <div className={styles['country']}>
          <Select
            label={formatMessage({ id: 'calendar.country' })}
            choices={[{ id: '', label: formatMessage({ id: 'calendar.everyCountry' }) }, ...countries]}
            value={country ?? ''}
            onChange={(wanted) => {
              change({ country: wanted === '' ? null : wanted });
            }}
          />
        </div>
        <div className={styles['turn']}>
          <Button
            onPress={() => {
              change({ from: moved(zoom, window.start, -1) });
            }}
          >
            <FormattedMessage id="calendar.earlier" />
          </Button>
          <Button
            onPress={() => {
              change({ from: presentDay() });
            }}
          >
            <FormattedMessage id="calendar.today" />
          </Button>
          <Button
            onPress={() => {
              change({ from: moved(zoom, window.start, 1) });
            }}
          >
            <FormattedMessage id="calendar.later" />
          </Button>
        </div>
      </div>
      {answer.kind === 'waiting' && <Skeleton lines={12} />}
      {answer.kind === 'failed' && <FailedState error={answer.error} onAgain={answer.again} />}
      {listed?.items.length === 0 && (
        <EmptyState>
          <FormattedMessage id="calendar.nobody" />
        </EmptyState>
      )}
      {listed && listed.items.length > 0 && (
        <Twin
          title={formatMessage({ id: 'calendar.picture' }, { by })}
          picture={
            <>
              <Chart
                by={by}
                zoom={zoom}
                window={window}
                lanes={lanesOf(listed.items, by, nameOf, viewer.actor?.id ?? null)}
                nameOf={nameOf}
                bands={listed.bands}
                bandName={bandName}
                overlaps={overlaps}
                moving={moving}
                heldByEntries={heldByEntries}
                preview={isMoved && preview.kind === 'here' ? preview.value : []}
              />
              <Legend />
            </>
          }
          table={
            <Listing
              items={listed.items}
              corridorName={corridorName}
              bands={listed.bands}
              bandName={bandName}
              overlaps={overlaps}
              onChoose={moving.choose}
            />
          }
        />
      )}
      {chosen && (
        <Details
          moving={moving}
          isMovable={mayChange(viewer, chosen) && !heldByEntries.has(chosen.id)}
          isHeld={mayChange(viewer, chosen) && heldByEntries.has(chosen.id)}
          corridorName={corridorName}
          bands={listed?.bands ?? []}
          bandName={bandName}
          preview={preview}
        />
      )}
    </div>
  );
}

function Legend() {
  return (
    <ul className={styles['legend']}>
      {['campaign', 'entry', 'tentative', 'mine'].map((what) => (
        <li key={what}>
          <i data-is={what} aria-hidden="true" />
          <FormattedMessage id={`calendar.legend.${what}`} />
        </li>
      ))}
    </ul>
  );
}
