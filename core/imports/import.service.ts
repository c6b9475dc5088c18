import { createHash } from 'node:crypto';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { parse } from '../parse.ts';
import { overAllowance } from './allowance.ts';
import { applyImportInput, planImportInput, rollBackImportInput, uploadInput } from './import.input.ts';
import type { ImportState } from './import-run.ts';
import { type StoredRun, countWaiting, holdRun, insertRun, moveRun, readContent } from './import-run.rows.ts';

/** Bytes of a file at most. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** Files of one party that wait to be applied, at most: they are kept for a week. */
const MOST_WAITING = 20;

/** Files that people send: takes them in, and says what is to be done with them. The worker does it. */
export class ImportService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Takes a file in. It is read at once, unless the sender says first how. */
  upload(viewer: Viewer, file: { readonly content: Uint8Array } & Readonly<Record<string, unknown>>): Promise<Outcome> {
    const { content, ...written } = file;
    const parsed = parse(uploadInput, written);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    if (content.length === 0)
      return Promise.resolve(invalid([{ path: 'input.file', message: 'The file is empty: send it as the body.' }]));
    const { fileName, read, clientMutationKey: key } = parsed.value;
    const digest = createHash('sha256').update(content).digest('hex');
    return this.unitOfWork.run(viewer, async (work) => {
      if (!mayImport(viewer)) return onlyWriters;
      const input = { fileName, digest, read };
      return once(work, { operation: 'uploadImport', key, input }, async () => {
        const found = (await countWaiting(work)) + 1;
        if (found > MOST_WAITING)
          return { kind: 'limit-exceeded', limit: 'files that wait', allowed: MOST_WAITING, found };
        const id = work.newId('imp');
        await insertRun(work, { id, fileName, digest, content, state: read ? 'READING' : 'UPLOADED' });
        await record(work, 'import.uploaded', id, { bytes: content.length });
        if (read) await append(work.em, { kind: 'import.due', runId: id });
        return saved(id);
      });
    });
  }

  /** Has a file read, with what its sender says of it: what applying it would do is known when it is READY. */
  plan(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(planImportInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion, ...options } = parsed.value;
    if (options.vouch && !mayCurate(viewer))
      return Promise.resolve(forbidden('Only coordinators vouch for organisations.'));
    return this.step(viewer, { id, expectedVersion }, 'import.planned', async (work, run) => {
      const refused = unless(run, ['UPLOADED', 'READY', 'FAILED'], 'read');
      if (refused) return refused;
      if ((await readContent(work, id)) === null) return expired;
      await moveRun(work, id, 'READING', options);
      return null;
    });
  }

  /** Has everything of a file that is READY written, in one transaction. */
  apply(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(applyImportInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.step(viewer, parsed.value, 'import.asked-for', async (work, run) => {
      const refused = unless(run, ['READY'], 'applied') ?? (await overAllowance(work, run.created + run.changed));
      if (refused) return refused;
      if ((await readContent(work, run.id)) === null) return expired;
      await moveRun(work, run.id, 'APPLYING');
      return null;
    });
  }

  /** Has what an import wrote taken back, as far as nobody has changed it since. */
  rollBack(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(rollBackImportInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.step(viewer, parsed.value, 'import.roll-back-asked-for', async (work, run) => {
      const refused = unless(run, ['APPLIED'], 'rolled back');
      if (refused) return refused;
      await moveRun(work, run.id, 'ROLLING_BACK');
      return null;
    });
  }

  private step(
    viewer: Viewer,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    action: string,
    body: (work: Work, run: StoredRun) => Promise<Refused | null>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      if (!mayImport(viewer)) return notFound(id);
      const run = await holdRun(work, id);
      if (!run) return notFound(id);
      if (run.version !== expectedVersion) return stale(expectedVersion, run.version);
      const refused = await body(work, run);
      if (refused) return refused;
      await record(work, action, id);
      await append(work.em, { kind: 'import.due', runId: id }, { kind: 'import.progressed', id });
      return saved(id);
    });
  }
}

const mayImport = (viewer: Viewer): boolean =>
  mayCurate(viewer) || ((viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId !== null);
const onlyWriters = forbidden('Editors and planners import for their actor, coordinators for many.');
const expired = conflict('Its bytes are not kept any more: send the file again.');

function unless(run: StoredRun, states: readonly ImportState[], done: string): Refused | null {
  return states.includes(run.state)
    ? null
    : conflict(`It is ${run.state}: only what is ${states.join(' or ')} can be ${done}.`);
}
