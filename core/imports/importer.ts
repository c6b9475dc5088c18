import { sql } from 'kysely';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { SCOPES } from '../access/scopes.ts';
import type { Role, Viewer, ViewerRole } from '../access/viewer.ts';
import { record } from '../access/audit.ts';
import { append } from '../outbox/outbox.ts';
import { PlainError } from '../../platform/plain-error.ts';
import { overAllowance } from './allowance.ts';
import { type ImportResult, enterRecords } from './enter-records.ts';
import { type RegistryServices, inWords } from './registry-services.ts';
import type { ImportState } from './import-run.ts';
import {
  type StoredRun,
  failRun,
  findRun,
  finishRun,
  forgetContent,
  noteProgress,
  readContent,
  rememberMapping,
  rememberedMapping,
} from './import-run.rows.ts';
import { type SourceReading, readSource } from './read-source.ts';
import { rollBack } from './roll-back.ts';

/** In whose name an import is worked on; null when they are not let in any more as they were. */
export interface Sender {
  readonly state: ImportState;
  readonly viewer: Viewer | null;
}

interface SenderRow {
  readonly state: ImportState;
  readonly keyId: string;
  readonly userId: string | null;
  readonly role: ViewerRole;
  readonly actorId: string | null;
  readonly scopes: readonly string[];
  readonly isLetIn: boolean;
}

/** Who sent a file, as the worker may know it, looked up anew; null when there is no such import. */
export async function senderOf({ em }: Work, runId: string): Promise<Sender | null> {
  const { rows } = await sql<SenderRow>`
    select state, sender_key as "keyId", sender_user as "userId", sender_role as role, sender_actor as "actorId", sender_scopes as scopes,
      app.sender_is_let_in(sender_key, sender_role, sender_actor) as "isLetIn" from import_run where id = ${runId}`.execute(
    em.getKysely(),
  );
  const [row] = rows;
  if (!row) return null;
  const { state, isLetIn, keyId, userId, actorId } = row;
  const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
  const viewer: Viewer = { keyId, userId, label: 'an import', role: row.role as Role, actorId, scopes };
  return { state, viewer: isLetIn ? viewer : null };
}

/** Tells how far it is, at most this often: each is a transaction of its own. */
const STEPS_TOLD = 20;

/** What the worker is done with. */
export type Worked = 'worked' | 'nothing to do';

/**
 * Reads, applies and rolls back imports, in the name and under the rights of whoever sent them. Each step reads the present state and
 * is one transaction, so that one that was interrupted is begun again.
 */
export class Importer {
  /** @param unitOfWork on the app login: whatever a request may not write, an import may not either */
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly services: RegistryServices,
  ) {}

  /** Does what the state of an import asks for. @throws what is no fault of the file: to be tried again */
  async work(viewer: Viewer, runId: string, signal?: AbortSignal): Promise<Worked> {
    const run = await this.unitOfWork.run(viewer, (work) => findRun(work, runId));
    switch (run?.state) {
      case 'READING':
        return this.orFail(viewer, run, () => this.read(viewer, run, signal));
      case 'APPLYING':
        return this.orFail(viewer, run, () => this.apply(viewer, run, signal));
      case 'ROLLING_BACK':
        return this.takeBack(viewer, run);
      case 'UPLOADED':
      case 'READY':
      case 'APPLIED':
      case 'ROLLED_BACK':
      case 'FAILED':
      case undefined:
        return 'nothing to do';
    }
  }

  /** Ends an import that failed again and again, so that its sender is not left waiting. */
  async giveUp(viewer: Viewer, runId: string): Promise<void> {
    await this.fail(
      viewer,
      runId,
      'Something went wrong on our side. Nothing was written; plan it again, or report it.',
    );
  }

  private async read(viewer: Viewer, run: StoredRun, signal?: AbortSignal): Promise<Worked> {
    const reading = await this.readFile(viewer, run, signal);
    const result = await this.rehearse(viewer, run, reading, signal);
    await this.unitOfWork.run(viewer, async (work) => {
      const now = await stillIn(work, run);
      if (!now) return;
      const { format, mapping } = reading;
      await finishRun(work, run.id, { state: 'READY', format, mapping: mapping?.mapping ?? null, result });
      if (mapping !== null && run.options.mapping) await rememberMapping(work, mapping.headers, mapping.mapping);
      await append(work.em, { kind: 'import.progressed', id: run.id });
    });
    return 'worked';
  }

  private async apply(viewer: Viewer, run: StoredRun, signal?: AbortSignal): Promise<Worked> {
    const reading = await this.readFile(viewer, run, signal);
    await this.unitOfWork.run(viewer, async (work) => {
      const now = await stillIn(work, run);
      if (!now) return;
      const result = await enterRecords(work, this.services, {
        ...this.taskOf(viewer, run, reading, signal),
        rehearsal: false,
      });
      const beyond = await overAllowance(work, result.counts.created + result.counts.changed);
      if (beyond) throw new PlainError(inWords(beyond));
      const { format, mapping } = reading;
      await finishRun(work, run.id, { state: 'APPLIED', format, mapping: mapping?.mapping ?? null, result });
      await forgetContent(work, run.id);
      const { created, changed } = result.counts;
      await record(work, 'import.applied', run.id, { created, changed });
      await append(work.em, { kind: 'import.progressed', id: run.id });
    });
    return 'worked';
  }

  private async takeBack(viewer: Viewer, run: StoredRun): Promise<Worked> {
    await this.unitOfWork.run(viewer, async (work) => {
      const now = await stillIn(work, run);
      if (!now) return;
      await rollBack(work, this.services, run.id);
      await sql`update import_run set state = 'ROLLED_BACK', rolled_back_at = ${work.now}, version = version + 1
        where id = ${run.id}`.execute(work.em.getKysely());
      await record(work, 'import.rolled-back', run.id);
      await append(work.em, { kind: 'import.progressed', id: run.id });
    });
    return 'worked';
  }

  private async readFile(viewer: Viewer, run: StoredRun, signal?: AbortSignal): Promise<SourceReading> {
    const content = await this.unitOfWork.run(viewer, (work) => readContent(work, run.id));
    if (content === null) throw new PlainError('Its bytes are not kept any more: send the file again.');
    return readSource({
      name: run.fileName,
      content,
      options: run.options,
      remembered: (headers) => this.unitOfWork.run(viewer, (work) => rememberedMapping(work, headers)),
      ...(signal && { signal }),
    });
  }

  /** Enters everything and takes it back: what that would do. */
  private async rehearse(
    viewer: Viewer,
    run: StoredRun,
    reading: SourceReading,
    signal?: AbortSignal,
  ): Promise<ImportResult> {
    const rehearsed = await this.unitOfWork
      .run(viewer, async (work) => {
        const task = { ...this.taskOf(viewer, run, reading, signal), rehearsal: true };
        throw new TakenBack(await enterRecords(work, this.services, task));
      })
      .catch((thrown: unknown) => thrown);
    if (!(rehearsed instanceof TakenBack)) throw rehearsed;
    const { result } = rehearsed;
    return {
      ...result,
      // Nothing was written: there is no record yet of what is new.
      items: result.items.map((item) =>
        item.outcome === 'CREATED' ? { ...item, recordId: null, madeVersion: null } : item,
      ),
      matches: result.matches,
    };
  }

  private taskOf(viewer: Viewer, run: StoredRun, reading: SourceReading, signal?: AbortSignal) {
    let told = 0;
    return {
      runId: run.id,
      found: reading.found,
      distinct: reading.distinct,
      fileName: run.fileName,
      options: run.options,
      ...(signal && { signal }),
      onProgress: async (done: number, total: number): Promise<void> => {
        if (done < total && (done - told) * STEPS_TOLD < total) return;
        told = done;
        await this.unitOfWork.run(viewer, async (work) => {
          if (await noteProgress(work, run.id, done, total))
            await append(work.em, { kind: 'import.progressed', id: run.id });
        });
      },
    };
  }

  /** What is wrong with the file or with what is asked is said to the sender, and not tried again. */
  private async orFail(viewer: Viewer, run: StoredRun, body: () => Promise<Worked>): Promise<Worked> {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof PlainError)) throw error;
      await this.fail(viewer, run.id, error.message);
      return 'worked';
    }
  }

  private async fail(viewer: Viewer, runId: string, failure: string): Promise<void> {
    await this.unitOfWork.run(viewer, async (work) => {
      await failRun(work, runId, failure);
      await append(work.em, { kind: 'import.progressed', id: runId });
    });
  }
}

/**
 * Whether nobody has moved the import on, and nobody else works on it: held by its id until the transaction ends. Not by its row,
 * so that progress can be told meanwhile.
 */
async function stillIn(work: Work, { id, state, version }: StoredRun): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${id}`}, 0))`.execute(work.em.getKysely());
  const now = await findRun(work, id);
  return now?.state === state && now.version === version;
}

/** Ends the transaction of a rehearsal, and brings its result out. */
class TakenBack extends Error {
  constructor(readonly result: ImportResult) {
    super('a rehearsal was taken back');
  }
}
