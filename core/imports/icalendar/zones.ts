import windowsZones from 'cldr-core/supplemental/windowsZones.json' with { type: 'json' };
import { Temporal } from 'temporal-polyfill';
import type { Component } from './components.ts';
import { nameOf, readProperty } from './property.ts';

/** What a file calls a time zone, as one that is known: an IANA name or an offset such as `+05:30`; null when it is neither. */
export type Zones = (tzid: string) => string | null;

const WINDOWS: ReadonlyMap<string, string> = new Map(
  windowsZones.supplemental.windowsZones.mapTimezones.flatMap(({ mapZone }) =>
    // 001 is the world: what stands for the name wherever it is used.
    mapZone._territory === '001' ? [[mapZone._other.toLowerCase(), mapZone._type] as const] : [],
  ),
);

/** `GMT +0100 (Standard) / …`, `(UTC-03:00) Brasília`, `UTC+11`. */
const OFFSET = /(?:GMT|UTC)\s*([+-])(\d{1,2}):?(\d{2})?(?!\d)/i;

/**
 * The zones of a file: by their name if IANA, Windows (CLDR) or an offset has it, also after a prefix as programs put one
 * (`/mozilla.org/20070129_1/Europe/Berlin`); else by what the file says of them, its place or else its standard offset: for
 * calendar days an hour counts only about midnight. Nothing is expanded, whatever rules a file has.
 */
export function zonesOf(components: readonly Component[]): Zones {
  const described = new Map(
    components
      .filter(({ name }) => name === 'VTIMEZONE')
      .map((zone) => [propertyOf(zone, 'TZID') ?? '', zone] as const),
  );
  const known = new Map<string, string | null>();
  return (tzid) => {
    const kept = known.get(tzid);
    if (kept !== undefined) return kept;
    const zone = described.get(tzid);
    const found = byName(tzid) ?? (zone ? byDescription(zone) : null);
    known.set(tzid, found);
    return found;
  };
}

function byName(tzid: string): string | null {
  const name = tzid.trim();
  const windows = WINDOWS.get(name.toLowerCase());
  if (windows !== undefined) return windows;
  const tails = name.split('/').map((_part, index, parts) => parts.slice(index).join('/'));
  const unprefixed = name.replace(/^[a-z0-9]+_/i, '');
  const iana = [...tails, unprefixed].find((tail) => /^[A-Z]/i.test(tail) && isZone(tail));
  if (iana !== undefined) return iana;
  const [, sign, hours = '', minutes = '00'] = OFFSET.exec(name) ?? [];
  const offset = `${sign ?? ''}${hours.padStart(2, '0')}:${minutes}`;
  return sign !== undefined && isZone(offset) ? offset : null;
}

function byDescription(zone: Component): string | null {
  const place = propertyOf(zone, 'X-LIC-LOCATION');
  if (place !== null && isZone(place)) return place;
  const standard = zone.inside.filter(({ name }) => name === 'STANDARD').at(-1) ?? zone.inside[0];
  const [, hours, minutes] =
    /^([+-]\d{2})(\d{2})/.exec((standard && propertyOf(standard, 'TZOFFSETTO', true)) ?? '') ?? [];
  const offset = `${hours ?? ''}:${minutes ?? ''}`;
  return isZone(offset) ? offset : null;
}

function propertyOf(component: Component, name: string, raw = false): string | null {
  const line = component.lines.find((one) => nameOf(one) === name);
  if (line === undefined) return null;
  try {
    const property = readProperty(line);
    const [value] = property.values;
    return raw ? property.raw.trim() : typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

function isZone(name: string): boolean {
  try {
    return Temporal.PlainDate.from('2026-01-01').toZonedDateTime(name).timeZoneId !== '';
  } catch {
    return false;
  }
}
