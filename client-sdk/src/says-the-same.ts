import type { FindProgrammeQuery, FootprintInput, RegisterProgrammeInput } from './generated.ts';

/** A programme with the texts that lists leave out. */
export type StoredProgramme = FindProgrammeQuery['list']['nodes'][number];

const PLAIN = ['name', 'description', 'source', 'illustrative'] as const;
const FACETS = ['places', 'corridors', 'audiences', 'themes', 'channels'] as const;
const RELEASE = ['visibility', 'matching', 'placePrecision'] as const;
/** What can be compared, and what says whose it is. With anything else given, a programme counts as changed. */
const COMPARED: readonly string[] = [...PLAIN, 'footprint', 'release', 'identifier', 'owner'];

/**
 * Whether a programme already says all that is wanted, so that saying it again every night costs nobody anything. Errs to the safe
 * side: what is spelled differently, or what lists do not show, counts as changed.
 */
export function saysTheSame(stored: StoredProgramme, wanted: Partial<RegisterProgrammeInput>): boolean {
  const { footprint, release } = wanted;
  return (
    Object.entries(wanted).every(([name, value]) => value === undefined || COMPARED.includes(name)) &&
    PLAIN.every((name) => isUnstated(wanted[name]) || (wanted[name] ?? '') === (stored[name] ?? '')) &&
    RELEASE.every((name) => isUnstated(release?.[name]) || release?.[name] === stored.release[name]) &&
    (isUnstated(footprint) || isSameFootprint(stored.footprint, footprint ?? {}))
  );
}

function isSameFootprint(stored: StoredProgramme['footprint'], wanted: FootprintInput): boolean {
  const { days, languages } = wanted;
  const isSameTime =
    isUnstated(days) ||
    ((days?.start ?? null) === (stored.days?.start ?? null) && (days?.end ?? null) === (stored.days?.end ?? null));
  return (
    isSameTime &&
    (isUnstated(languages) || isSameSet(stored.languages, languages ?? [])) &&
    FACETS.every((facet) => {
      const codes = stored[facet].map(({ code }) => code);
      return isUnstated(wanted[facet]) || isSameSet(codes, wanted[facet] ?? []);
    })
  );
}

/** Left out. Null is stated: it clears. */
function isUnstated(value: unknown): boolean {
  return value === undefined;
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const wanted = new Set(others);
  return wanted.size === some.length && some.every((code) => wanted.has(code));
}
