import type { UnitOfWork, Work } from '../../access/unit-of-work.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { ActorService } from '../../actors/actor.service.ts';
import type { ProgrammeService } from '../../programmes/programme.service.ts';
import type { VocabularyService } from '../../vocabulary/vocabulary.service.ts';
import type { IatiActivity } from './activity.ts';
import type { LoadReport, LoadedActivity } from './load-report.ts';
import { openDirectory } from './organisation-directory.ts';
import { ProgrammeWriter } from './programme-writer.ts';
import { readActivities } from './read-activities.ts';
import { gatherRepeated, surveyActivities } from './survey.ts';

export interface ActivityFile {
  /** As people know it; it goes into reports and sources. */
  readonly name: string;
  /** The bytes from the beginning; a load reads them twice. */
  open(): AsyncIterable<Uint8Array>;
}

export interface LoadOptions {
  /** Whether the operator vouches for publishers that the hub knows only from files. */
  readonly verify: boolean;
  /** Does everything and takes it back. */
  readonly dryRun: boolean;
  /** When aborted, the load ends after the batch that it is writing and throws the reason. */
  readonly signal?: AbortSignal;
  /** Told at the beginning and after every batch how many activities are accounted for. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface LoaderServices {
  readonly unitOfWork: UnitOfWork;
  readonly vocabulary: VocabularyService;
  readonly actors: ActorService;
  readonly programmes: ProgrammeService;
}

/** Activities written in one transaction: long enough that its ends do not count, short enough that nobody waits for it. */
const BATCH = 50;

type InTransaction = <T>(body: (work: Work) => Promise<T>) => Promise<T>;

/**
 * Loads IATI activity files: publishers and partners become actors, activities become programmes, found again by publisher and
 * identifier. Loading a file twice changes nothing; a load that was interrupted is finished by loading again.
 */
export class IatiLoader {
  constructor(private readonly services: LoaderServices) {}

  /**
   * Loads a whole file, in transactions of 50 activities.
   * @param viewer may write for every actor: a coordinator
   * @throws PlainError when the file cannot be read to its end; then nothing was written.
   */
  async load(viewer: Viewer, file: ActivityFile, options: LoadOptions): Promise<LoadReport> {
    const { unitOfWork } = this.services;
    if (!options.dryRun) return this.loadIn((body) => unitOfWork.run(viewer, body), file, options);
    const rehearsal = await unitOfWork
      .run(viewer, async (work) => {
        throw new TakenBack(await this.loadIn((body) => body(work), file, options));
      })
      .catch((thrown: unknown) => thrown);
    if (rehearsal instanceof TakenBack) return rehearsal.report;
    throw rehearsal;
  }

  private async loadIn(inTransaction: InTransaction, file: ActivityFile, options: LoadOptions): Promise<LoadReport> {
    const read = (): AsyncIterable<IatiActivity> => readActivities(file.open(), file.name);
    const survey = await surveyActivities(read());
    options.onProgress?.(0, survey.activities);
    const directory = await inTransaction(async (work) => {
      await this.services.vocabulary.ensureTerms(work.em, 'theme', survey.terms);
      return openDirectory(work, this.services, survey.mentions, { fileName: file.name, verify: options.verify });
    });
    const writer = new ProgrammeWriter(this.services, directory, file.name);
    const loaded: LoadedActivity[] = [];
    for await (const batch of batchesOf(gatherRepeated(read(), survey, directory.actorIds), BATCH)) {
      options.signal?.throwIfAborted();
      loaded.push(...(await inTransaction((work) => writer.write(work, batch))));
      options.onProgress?.(loaded.length, survey.activities);
    }
    if (loaded.length !== survey.activities) {
      throw new Error(`${String(survey.activities)} activities were read and ${String(loaded.length)} accounted for`);
    }
    loaded.sort((a, b) => a.line - b.line);
    const { found, registered, verified } = directory;
    return {
      fileName: file.name,
      dryRun: options.dryRun,
      activities: loaded,
      organisations: { found, registered, verified },
    };
  }
}

/** Ends the transaction of a dry run, and brings its report out. */
class TakenBack extends Error {
  constructor(readonly report: LoadReport) {
    super('a dry run was taken back');
  }
}

async function* batchesOf<T>(values: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const value of values) {
    batch.push(value);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
