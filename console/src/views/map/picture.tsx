import { geoEqualEarth, geoPath } from 'd3-geo';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { arcsOf, bend } from './arcs.ts';
import styles from './map.module.css';
import type { CorridorActivity } from './use-activity.ts';
import type { Country } from './world.ts';

export const EXTENTS = ['region', 'world'] as const;
export type Extent = (typeof EXTENTS)[number];

const WIDTH = 960;
const HEIGHT = 520;
/** The Pacific in the middle: most who meet here live around it. What is to be seen, in degrees. */
const SEEN: Readonly<Record<Extent, { west: number; east: number; north: number; south: number }>> = {
  region: { west: 48, east: 190, north: 46, south: -48 },
  world: { west: -29, east: 329, north: 78, south: -56 },
};

interface Props {
  readonly label: string;
  readonly extent: Extent;
  readonly world: readonly Country[];
  /** 0 to 5; 0: the hub tells of nobody. */
  readonly stepOf: (code: string) => number;
  readonly say: (code: string) => string;
  readonly corridors: readonly CorridorActivity[];
  readonly sayCorridor: (corridor: CorridorActivity) => string;
  readonly country: string | null;
  readonly corridor: string | null;
  readonly onChoose: (code: string) => void;
}

/** Countries in shades and corridors in arcs. Whoever uses no pointer has the lists beside it. */
export function Picture({
  label,
  extent,
  world,
  stepOf,
  say,
  corridors,
  sayCorridor,
  country,
  corridor,
  onChoose,
}: Props) {
  const { locale } = useIntl();
  const { path, point } = useMemo(() => {
    const { west, east, north, south } = SEEN[extent];
    const centre = (west + east) / 2;
    const projection = geoEqualEarth().rotate([-centre, 0]);
    projection.fitSize([WIDTH, HEIGHT], {
      type: 'MultiPoint',
      coordinates: [
        [west + 0.01, 0],
        [east - 0.01, 0],
        [centre, north],
        [centre, south],
      ],
    });
    return { path: geoPath(projection), point: (place: [number, number]) => projection(place) ?? ([0, 0] as const) };
  }, [extent]);
  const middles = useMemo(
    () => new Map(world.flatMap(({ code, middle }) => (code === null ? [] : [[code, point(middle)] as const]))),
    [world, point],
  );
  return (
    <svg
      data-map
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      role="img"
      aria-label={label}
      lang={locale}
      className={styles['map']}
    >
      {world.map(({ code, outline, middle }, index) => {
        const shared = {
          className: styles['country'],
          'data-step': code === null ? 0 : stepOf(code),
          'data-chosen': (code !== null && code === country) || undefined,
          ...(code !== null && {
            onClick: () => {
              onChoose(code);
            },
          }),
          children: code !== null && <title>{say(code)}</title>,
        };
        if (outline) return <path key={index} d={path(outline) ?? undefined} {...shared} />;
        const [x, y] = point(middle);
        return code !== null && stepOf(code) > 0 ? <circle key={index} cx={x} cy={y} r="4" {...shared} /> : null;
      })}
      <g className={styles['arcs']}>
        {corridors.map((each) =>
          arcsOf(each.corridor).map(([from, to]) => {
            const [start, end] = [middles.get(from), middles.get(to)];
            if (!start || !end) return null;
            return (
              <path
                key={`${each.corridor.code} ${from} ${to}`}
                d={bend(start, end)}
                data-known={each.activity ? 'known' : each.hasOthers ? 'others' : 'nobody'}
                data-chosen={each.corridor.code === corridor || undefined}
                data-dimmed={(corridor !== null && each.corridor.code !== corridor) || undefined}
                strokeWidth={1 + Math.min(2, Math.sqrt(each.activity?.actors ?? 0) / 3)}
              >
                <title>{sayCorridor(each)}</title>
              </path>
            );
          }),
        )}
      </g>
      {[...middles].map(
        ([code, [x, y]]) =>
          corridors.some((each) => each.corridor.legs.some((leg) => leg.country.code === code)) && (
            <circle key={code} cx={x} cy={y} r="2.5" className={styles['end']} />
          ),
      )}
    </svg>
  );
}
