import type { Concord, Programme } from '@concord/client-sdk';
import { readSheet, SCHEME } from './read-sheet.ts';

/** What one run did. */
export interface Sync {
  /** Registered or revised by this run. */
  readonly written: readonly Programme[];
  /** How many said the same already. */
  readonly unchanged: number;
  /** Rows that the hub refused, as numbered in the sheet, and why: to be mended in the sheet. */
  readonly refused: readonly { readonly row: number; readonly why: string }[];
  /** Known by a code of the sheet that is in it no more. Whether the work has ended, a person says. */
  readonly missing: readonly Programme[];
}

/** Makes the hub say what the sheet says. A second run with the same sheet writes nothing. @throws when the sheet cannot be read */
export async function syncSheet(hub: Concord, text: string, onRow: (done: number) => void = () => {}): Promise<Sync> {
  const rows = readSheet(text);
  const { actor } = await hub.viewer();
  if (!actor) throw new Error('this key acts for no actor: nobody would own the programmes');
  const own = { owners: [actor.id], statuses: ['UNDATED', 'PLANNED', 'ACTIVE', 'ENDED'] } as const;

  // Kept from before the first row is sent, to see afterwards what was written.
  const { changeToken } = await hub.programmes.list({ first: 1, filter: own }).page();
  const verdicts = await hub.programmes.registerMany(rows, {
    upsert: true,
    onProgress: ({ done }) => {
      onRow(done);
    },
  });

  const failed = verdicts.find((verdict) => verdict.kind === 'failed');
  // The line is gone, for longer than the client waits. What was sent is sent again by the next run, and changes nothing more.
  if (failed) throw failed.error;
  const ids = new Set(verdicts.flatMap((verdict) => (verdict.kind === 'saved' ? [verdict.programme.id] : [])));
  const changed = await hub.programmes.list({ filter: { ...own, changedAfter: changeToken } }).all();
  const written = changed.filter(({ id }) => ids.has(id));
  const codes = new Set(rows.map(({ identifier }) => identifier?.value));
  const stored = await hub.programmes.list({ first: 100, filter: own }).all();
  return {
    written,
    unchanged: ids.size - written.length,
    refused: verdicts.flatMap((verdict) =>
      verdict.kind === 'refused' ? [{ row: verdict.index + 2, why: verdict.problem.message }] : [],
    ),
    missing: stored.filter(({ identifier }) => identifier?.scheme === SCHEME && !codes.has(identifier.value)),
  };
}
