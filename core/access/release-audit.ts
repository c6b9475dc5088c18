import { type AuditDetail, recordEach } from './audit.ts';
import type { Release } from './release.ts';
import type { Work } from './unit-of-work.ts';

/** What of a release a record had and has. */
export interface Rerelease {
  readonly id: string;
  readonly before: Partial<Release>;
  readonly after: Partial<Release>;
}

/** Records of each record that shows others more or less than before what it showed and shows; one statement for those alike. */
export async function recordReleases(work: Work, changes: readonly Rerelease[]): Promise<void> {
  const changed = changes
    .map(({ id, before, after }) => ({ id, levels: levelsThatDiffer(before, after) }))
    .filter(({ levels }) => Object.keys(levels).length > 0);
  for (const alike of Map.groupBy(changed, ({ levels }) => JSON.stringify(levels)).values()) {
    const ids = alike.map(({ id }) => id);
    await recordEach(work, 'release.changed', ids, alike[0]?.levels);
  }
}

/** `{ visibility: 'restricted:members' }` says from what to what. */
function levelsThatDiffer(before: Partial<Release>, after: Partial<Release>): AuditDetail {
  const pairs = (['visibility', 'matching', 'placePrecision'] as const).flatMap((level) => {
    const [from, to] = [before[level], after[level]];
    return from === to || from === undefined || to === undefined ? [] : [[level, `${from}:${to}`] as const];
  });
  return Object.fromEntries(pairs);
}
