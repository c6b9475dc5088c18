import type { DateBand } from '../propose-dates.ts';
import { intersects, isEmpty, type FacetSet } from '../values/facet-set.ts';

/** Whether a band is an international day about one of these themes, or about everything. */
export function aboutThemes(themes: FacetSet): (band: DateBand) => boolean {
  return (band) => band.kind === 'INTERNATIONAL_DAY' && (isEmpty(band.themes) || intersects(band.themes, themes));
}
