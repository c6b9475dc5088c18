import { getLocalTimeZone, today } from '@internationalized/date';
import { useSearchParams } from 'wouter';
import { SIDES, type Side } from './lanes.ts';
import { type Zoom, ZOOMS } from './scale.ts';

export interface Settings {
  readonly by: Side;
  readonly zoom: Zoom;
  /** A day that is seen. */
  readonly from: string;
  /** ISO 3166-1 alpha-2; null: everywhere. */
  readonly country: string | null;
}

/** How the calendar is looked at; in the address, so that it can be sent to somebody. */
export function useSettings(): readonly [Settings, (part: Partial<Settings>) => void] {
  const [params, setParams] = useSearchParams();
  const [from, country] = [params.get('from') ?? '', params.get('country') ?? ''];
  const settings: Settings = {
    by: SIDES.find((side) => side === params.get('by')) ?? 'actor',
    zoom: ZOOMS.find((zoom) => zoom === params.get('zoom')) ?? 'week',
    from: /^\d{4}-\d\d-\d\d$/.test(from) ? from : presentDay(),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
  const change = (part: Partial<Settings>): void => {
    const wanted = { ...settings, ...part };
    setParams(
      {
        by: wanted.by,
        zoom: wanted.zoom,
        from: wanted.from,
        ...(wanted.country !== null && { country: wanted.country }),
      },
      { replace: true },
    );
  };
  return [settings, change];
}

export function presentDay(): string {
  return today(getLocalTimeZone()).toString();
}
