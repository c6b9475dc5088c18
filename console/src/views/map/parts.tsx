import { geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import type { FeatureCollection } from 'geojson';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useAnswer } from '../../hub/use-answer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import styles from './map.module.css';
import { shadesOf } from './shades.ts';
import { loadSubdivisions, type Subdivision } from './subdivisions.ts';
import type { PlaceRow } from './use-places.ts';

const WIDTH = 480;
const HEIGHT = 340;

interface Props {
  readonly country: string;
  readonly places: readonly PlaceRow[];
}

/** The first subdivisions of a country, shaded by how much work is stated there; the list beside it says the same. */
export function Parts({ country, places }: Props) {
  const { formatMessage } = useIntl();
  const placeName = usePlaceName();
  const parts = useAnswer((signal) => loadSubdivisions(country, signal), [country]);
  const drawn = parts.kind === 'here' ? parts.value : NONE;
  const path = useMemo(() => pathOf(drawn), [drawn]);
  if (drawn.length === 0) return null;
  const counts = drawn.map(({ code, also }) =>
    places.filter((place) => place.code === code || also.has(place.code)).reduce((sum, { count }) => sum + count, 0),
  );
  const stepOf = shadesOf(counts);
  return (
    <svg
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      role="img"
      aria-label={formatMessage({ id: 'map.parts' }, { country: placeName(country) })}
      className={styles['parts']}
    >
      {drawn.map(({ code, name, outline }, index) => (
        <path
          key={`${code} ${String(index)}`}
          d={path(outline) ?? undefined}
          className={styles['country']}
          data-step={stepOf(counts[index] ?? 0)}
        >
          <title>{`${name} (${code}): ${formatMessage({ id: 'map.works' }, { count: counts[index] ?? 0 })}`}</title>
        </path>
      ))}
    </svg>
  );
}

const NONE: readonly Subdivision[] = [];

/** Turned so that the country is in the middle, and none is cut in two where the days begin. */
function pathOf(parts: readonly Subdivision[]) {
  const all: FeatureCollection = { type: 'FeatureCollection', features: parts.map(({ outline }) => outline) };
  const projection = geoEqualEarth();
  if (parts.length > 0) projection.rotate([-geoCentroid(all)[0], 0]).fitSize([WIDTH, HEIGHT], all);
  return geoPath(projection);
}
