import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { ImportService } from '../../core/imports/import.service.ts';
import { Importer, senderOf } from '../../core/imports/importer.ts';
import { NameQuestionService } from '../../core/names/name-question.service.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type MatchingWorld, savedId } from './matching.ts';

/** What became of a file, as stored. */
export interface StoredImport {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly failure: string | null;
  readonly rows: number;
  readonly differing: number;
  readonly records: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly merged: number;
  readonly refused: number;
  readonly registered: number;
}

/** What a sender says of a file. */
export interface Planned {
  readonly period?: { readonly start: string; readonly end: string };
  readonly country?: string;
  readonly mapping?: object;
  readonly vouch?: boolean;
  readonly names?: readonly { readonly name: string; readonly actor: string | null }[];
}

/** Imports without queues: a test decides when the worker works. */
export interface Importing {
  readonly service: ImportService;
  readonly importer: Importer;
  readonly names: NameQuestionService;
  /** Sends a file and has it read. */
  send(viewer: Viewer, content: string | Uint8Array, fileName?: string): Promise<StoredImport>;
  /** Sends a file and has it read as its sender says. */
  plan(viewer: Viewer, content: string | Uint8Array, fileName: string, said: Planned): Promise<StoredImport>;
  /** Applies what was read. */
  apply(viewer: Viewer, run: StoredImport): Promise<StoredImport>;
  /** Both. */
  bring(viewer: Viewer, content: string | Uint8Array, fileName?: string): Promise<StoredImport>;
  rollBack(viewer: Viewer, run: StoredImport): Promise<StoredImport>;
  /** Has the worker work, as a job would. */
  work(runId: string): Promise<void>;
  stored(runId: string): Promise<StoredImport>;
  rows<T extends object>(statement: string, values?: readonly unknown[]): Promise<T[]>;
}

export function importingIn(world: MatchingWorld): Importing {
  const { unitOfWork, vocabulary } = world.app;
  const { actors, programmes, campaigns, calendar } = world;
  const service = new ImportService(unitOfWork);
  const names = new NameQuestionService(unitOfWork);
  const importer = new Importer(unitOfWork, { vocabulary, actors, programmes, campaigns, calendar, names });

  const rows = <T extends object>(statement: string, values: readonly unknown[] = []): Promise<T[]> =>
    withClient(world.database.adminUrl, async (client) => (await client.query<T>(statement, [...values])).rows);
  const stored = async (runId: string): Promise<StoredImport> => {
    const [run] = await rows<StoredImport>('select * from app.import_run where id = $1', [runId]);
    if (!run) throw new Error(`no import ${runId}`);
    return run;
  };
  const work = async (runId: string): Promise<void> => {
    const sender = await world.worker.unitOfWork.run(HUB_VIEWER, (inWork) => senderOf(inWork, runId));
    if (!sender?.viewer) throw new Error(`nobody sent ${runId}, or is not let in any more`);
    await importer.work(sender.viewer, runId);
  };
  const send: Importing['send'] = async (viewer, content, fileName = 'file') => {
    const id = savedId(await service.upload(viewer, { content: Buffer.from(content), fileName, read: true }));
    await work(id);
    return stored(id);
  };
  const plan: Importing['plan'] = async (viewer, content, fileName, { mapping, ...said }) => {
    const id = savedId(await service.upload(viewer, { content: Buffer.from(content), fileName, read: false }));
    const { version } = await stored(id);
    const text = mapping && JSON.stringify(mapping);
    savedId(await service.plan(viewer, { id, expectedVersion: version, ...said, mapping: text }));
    await work(id);
    return stored(id);
  };
  const step =
    (ask: 'apply' | 'rollBack') =>
    async (viewer: Viewer, { id, version }: StoredImport): Promise<StoredImport> => {
      savedId(await service[ask](viewer, { id, expectedVersion: version }));
      await work(id);
      return stored(id);
    };
  const apply = step('apply');
  return {
    service,
    importer,
    names,
    send,
    plan,
    apply,
    bring: async (viewer, content, fileName) => apply(viewer, await send(viewer, content, fileName)),
    rollBack: step('rollBack'),
    work,
    stored,
    rows,
  };
}
