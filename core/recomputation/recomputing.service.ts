import { availableParallelism } from 'node:os';
import type { Work } from '../access/unit-of-work.ts';
import { splitFootprints } from '../footprints/footprint.service.ts';
import { type IdRange, splitRegistry } from '../footprints/registry.rows.ts';
import type { Scope } from '../jobs/scope.ts';
import type { OverlapService } from '../overlaps/overlap.service.ts';
import { readEveryScope } from '../suggestions/composition.rows.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { Moment } from './moment.ts';
import { begin, end, forgetCompared } from './recomputation.rows.ts';

/** Units of work as the hub itself. */
interface Hub {
  transaction<T>(body: (work: Work) => Promise<T>): Promise<T>;
  /** Reads of one moment. */
  look<T>(body: (work: Work) => Promise<T>): Promise<T>;
}

export interface RecomputingDepth {
  readonly thorough?: boolean;
}

export interface RecomputingOptions {
  /** That look for lists in one process. */
  readonly threads: number;
  /** Records or footprints a block. */
  readonly block: number;
}

/** 2,000: a few seconds of writing while nothing else is matched, when all of it is new. One core is left to the event loop. */
export const RECOMPUTING: RecomputingOptions = { threads: Math.max(1, availableParallelism() - 1), block: 2_000 };
/** How long all footprints stay in memory that nobody asks for. */
const KEEP_MS = 15_000;
/** How often it is looked again when much has changed meanwhile, before changes are followed however many they are. */
const PATIENCE = 2;
const MOST_LOOKS = 5;

/**
 * Makes everything derived anew from the registry: footprints, then overlaps, then suggestions; in blocks that can be worked on by
 * whoever has time, in any order within a stage, more than once. It writes what differs and nothing else, beside the matching of
 * what is written meanwhile: each block leaves the lists that a computation from nothing gives at that moment.
 */
export class RecomputingService {
  private held: Held | null = null;

  constructor(
    private readonly vocabulary: VocabularyService,
    private readonly overlaps: OverlapService,
    private readonly options: RecomputingOptions = RECOMPUTING,
  ) {}

  /** Begins one; the blocks of its first stage. @param thorough compares what earlier ones have compared as well */
  async begin(work: Work, id: string, { thorough = false }: RecomputingDepth = {}): Promise<IdRange[]> {
    if (thorough) await forgetCompared(work.em);
    await begin(work.em, id, work.now);
    return splitRegistry(work.em, this.options.block);
  }

  /** First stage: the footprints of a block of records. */
  rewriteFootprints(work: Work, block: IdRange): Promise<void> {
    return this.overlaps.rewriteFootprints(work, block);
  }

  /** The blocks of the second stage, when the first has ended. */
  overlapBlocks(work: Work): Promise<IdRange[]> {
    // What an earlier one has compared is known to a moment that is read from now on.
    if (this.held) {
      this.held.isOld = true;
      void this.forget(this.held);
    }
    return splitFootprints(work.em, this.options.block);
  }

  /**
   * Second stage: the lists of a block of footprints. They are found beside the event loop and beside the matching of others, in
   * columns that this process keeps for the next block; only what is written is written in turn.
   */
  async replaceLists(hub: Hub, block: IdRange): Promise<void> {
    for (let looked = 0; looked < MOST_LOOKS; looked += 1) {
      const held = this.hold(hub);
      try {
        const found = await held.moment.then((moment) => moment.find(block));
        const outcome = await hub.transaction((work) =>
          this.overlaps.replaceLists(work, found, { patient: looked < PATIENCE }),
        );
        if (outcome === 'replaced') return;
        held.isOld = true;
      } catch (error) {
        held.isOld = true;
        throw error;
      } finally {
        await this.release(held);
      }
    }
    throw new Error('the vocabulary changes faster than lists are found');
  }

  /** The scopes of the third stage, each of which is to be composed. */
  scopes(work: Work): Promise<readonly Scope[]> {
    return readEveryScope(work.em);
  }

  /** Ends it. */
  async end(work: Work, id: string): Promise<void> {
    await end(work.em, id, work.now);
  }

  private hold(hub: Hub): Held {
    this.held ??= {
      moment: hub.look((work) => Moment.read(work, this.vocabulary, this.options.threads)),
      users: 0,
      isOld: false,
      forgetting: null,
    };
    if (this.held.forgetting) clearTimeout(this.held.forgetting);
    this.held.users += 1;
    return this.held;
  }

  /** Whoever is the last to look at an old moment closes it; one that is not old stays for a while. */
  private async release(held: Held): Promise<void> {
    held.users -= 1;
    if (held.isOld) await this.forget(held);
    else if (held.users === 0) held.forgetting = setTimeout(() => void this.forget(held), KEEP_MS).unref();
  }

  private async forget(held: Held): Promise<void> {
    if (this.held === held) this.held = null;
    if (held.users > 0) return;
    await held.moment.then(
      (moment) => moment.close(),
      () => undefined,
    );
  }
}

/** A moment in memory, and who looks at it. */
interface Held {
  readonly moment: Promise<Moment>;
  users: number;
  /** Nobody else is to look at it. */
  isOld: boolean;
  forgetting: NodeJS.Timeout | null;
}
