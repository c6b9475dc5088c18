import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useSearchParams } from 'wouter';
import { Segments } from '../../components/segments.tsx';
import { Select } from '../../components/select.tsx';
import { FailedState, Skeleton } from '../../components/states.tsx';
import { Twin } from '../../components/twin.tsx';
import { useAnswer } from '../../hub/use-answer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import { CorridorTable } from './corridor-table.tsx';
import { CountryTable } from './country-table.tsx';
import styles from './map.module.css';
import { type Extent, EXTENTS, Picture } from './picture.tsx';
import { Places } from './places.tsx';
import { nextQuarters, type Quarter } from './quarters.ts';
import { shadesOf, stepOfShare } from './shades.ts';
import { type CorridorActivity, type Told, useActivity } from './use-activity.ts';
import { loadWorld } from './world.ts';

const SHADES = ['activity', 'gap'] as const;
type Shade = (typeof SHADES)[number];

/** Where work is, and where it is lacking, as far as the hub tells this viewer: what is coarsened for them comes coarsened. */
export default function MapView() {
  const { formatMessage } = useIntl();
  const placeName = usePlaceName();
  const quarters = nextQuarters();
  const [params, setParams] = useSearchParams();
  const [extent, setExtent] = useState<Extent>('region');
  const at = quarters.find(({ code }) => code === params.get('quarter')) ?? (quarters[0] as Quarter);
  const shade: Shade = params.get('shade') === 'gap' ? 'gap' : 'activity';
  const country = /^[A-Z]{2}$/.test(params.get('country') ?? '') ? params.get('country') : null;
  const corridor = params.get('corridor');
  const change = (part: Readonly<Record<string, string>>): void => {
    setParams(
      (former) => {
        const next = new URLSearchParams(former);
        for (const [key, value] of Object.entries(part)) {
          if (value === '') next.delete(key);
          else next.set(key, value);
        }
        return next;
      },
      { replace: true },
    );
  };
  const world = useAnswer(loadWorld, []);
  const told = useActivity(at);
  const corridors = told.kind === 'here' ? told.value.corridors : [];
  const countries = [
    ...new Set([
      ...corridors.flatMap((each) => each.corridor.legs.map((leg) => leg.country.code)),
      ...(told.kind === 'here' ? told.value.countries.keys() : []),
    ]),
  ]
    .map((id) => ({ id, label: placeName(id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className={styles['view']}>
      <h1>
        <FormattedMessage id="map.title" />
      </h1>
      <div className={styles['controls']}>
        <Segments
          label={formatMessage({ id: 'map.shade' })}
          choices={SHADES.map((id) => ({ id, label: formatMessage({ id: `map.shade.${id}` }) }))}
          value={shade}
          onChange={(wanted) => {
            change({ shade: wanted });
          }}
        />
        <Segments
          label={formatMessage({ id: 'map.extent' })}
          choices={EXTENTS.map((id) => ({ id, label: formatMessage({ id: `map.extent.${id}` }) }))}
          value={extent}
          onChange={setExtent}
        />
        <Select
          label={formatMessage({ id: 'map.quarter' })}
          choices={quarters.map(({ code, year, quarter }) => ({
            id: code,
            label: formatMessage({ id: 'map.quarterName' }, { quarter, year: String(year) }),
          }))}
          value={at.code}
          onChange={(wanted) => {
            change({ quarter: wanted });
          }}
        />
        <Select
          label={formatMessage({ id: 'map.country' })}
          choices={[{ id: '', label: formatMessage({ id: 'map.noCountry' }) }, ...countries]}
          value={country ?? ''}
          onChange={(wanted) => {
            change({ country: wanted });
          }}
        />
        <Select
          label={formatMessage({ id: 'map.corridor' })}
          choices={[
            { id: '', label: formatMessage({ id: 'map.everyCorridor' }) },
            ...corridors.map((each) => ({ id: each.corridor.code, label: each.corridor.name })),
          ]}
          value={corridor ?? ''}
          onChange={(wanted) => {
            change({ corridor: wanted });
          }}
        />
      </div>
      {told.kind === 'failed' && <FailedState error={told.error} onAgain={told.again} />}
      {world.kind === 'failed' && <FailedState error={world.error} onAgain={world.again} />}
      {(told.kind === 'waiting' || world.kind === 'waiting') && <Skeleton lines={12} />}
      <div className={styles['split']} data-open={country !== null || undefined}>
        {told.kind === 'here' && world.kind === 'here' && (
          <Twin
            title={formatMessage({ id: 'map.picture' }, { shade })}
            picture={
              <>
                <Picture
                  label={formatMessage({ id: 'map.picture' }, { shade })}
                  extent={extent}
                  world={world.value}
                  stepOf={stepsOf(told.value, shade)}
                  say={(code) => `${placeName(code)}: ${sayCountry(code)}`}
                  corridors={corridors}
                  sayCorridor={sayCorridor}
                  country={country}
                  corridor={corridor}
                  onChoose={(code) => {
                    change({ country: code });
                  }}
                />
                <Legend shade={shade} />
              </>
            }
            table={
              <CountryTable
                told={told.value}
                onOpen={(code) => {
                  change({ country: code });
                }}
              />
            }
          />
        )}
        {country !== null && (
          <Places
            country={country}
            at={at}
            onClose={() => {
              change({ country: '' });
            }}
          />
        )}
      </div>
      {told.kind === 'here' && (
        <CorridorTable
          corridors={corridors}
          onOpen={(code) => {
            change({ corridor: code });
          }}
        />
      )}
    </div>
  );

  function sayCountry(code: string): string {
    if (told.kind !== 'here') return '';
    if (shade === 'gap') {
      const gaps = told.value.gaps.get(code);
      return formatMessage({ id: 'map.gaps' }, { count: gaps?.count ?? 0 });
    }
    const activity = told.value.countries.get(code);
    return activity
      ? formatMessage({ id: 'map.actors' }, { count: activity.actors })
      : formatMessage({ id: 'map.nobodyHere' });
  }

  function sayCorridor({ corridor: { name }, activity, hasOthers }: CorridorActivity): string {
    const known = activity
      ? formatMessage({ id: 'map.actors' }, { count: activity.actors })
      : formatMessage({ id: 'map.nobodyHere' });
    return `${name}: ${known}${hasOthers ? ` · ${formatMessage({ id: 'map.others' })}` : ''}`;
  }
}

function stepsOf({ countries, gaps }: Told, shade: Shade): (code: string) => number {
  const stepOf = shadesOf([...countries.values()].map(({ actors }) => actors));
  return (code) =>
    shade === 'gap' ? stepOfShare(gaps.get(code)?.highest ?? 0) : stepOf(countries.get(code)?.actors ?? 0);
}

function Legend({ shade }: { readonly shade: Shade }) {
  return (
    <ul className={styles['legend']}>
      <li>
        <i data-step="0" aria-hidden="true" />
        <FormattedMessage id={shade === 'gap' ? 'map.noGapKnown' : 'map.nobodyHere'} />
      </li>
      <li>
        <span aria-hidden="true">
          {[1, 2, 3, 4, 5].map((step) => (
            <i key={step} data-step={step} />
          ))}
        </span>
        <FormattedMessage id={`map.legend.${shade}`} />
      </li>
      {(['known', 'others', 'nobody'] as const).map((known) => (
        <li key={known}>
          <svg viewBox="0 0 30 8" aria-hidden="true" className={styles['sample']}>
            <path d="M1,4H29" data-known={known} strokeWidth="2.5" />
          </svg>
          <FormattedMessage id={`map.legend.${known}`} />
        </li>
      ))}
    </ul>
  );
}
