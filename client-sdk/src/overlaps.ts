import type { CallOptions, Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { Overlap } from './records.ts';
import { watch, type WatchOptions } from './watch.ts';

/** Which overlaps to follow. */
export interface WatchOverlapsOptions extends WatchOptions {
  /** Only of this actor, or of this programme, campaign or calendar entry and its parts. */
  readonly of?: string | undefined;
}

/** Where footprints of different actors meet. */
export class Overlaps {
  constructor(private readonly calls: Calls) {}

  /** The strongest first unless ordered otherwise. */
  list(options: ListOptions<documents.OverlapFilter, documents.OverlapOrder> = {}): Pages<Overlap> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListOverlaps, { first, filter, orderBy }, options);
  }

  /** Those of an actor, or of a programme, campaign or calendar entry and its parts. */
  of(
    id: string,
    options: ListOptions<Omit<documents.OverlapFilter, 'of'>, documents.OverlapOrder> = {},
  ): Pages<Overlap> {
    return this.list({ ...options, filter: { ...options.filter, of: id } });
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Overlap | null> {
    const { node } = await this.calls.read(documents.GetOverlap, { id }, options);
    return node?.__typename === 'Overlap' ? node : null;
  }

  /**
   * Each overlap that is found, for ever. Outlives broken lines: what was found meanwhile comes once the hub can be reached again.
   * To end it while it waits, abort the signal.
   */
  watch({ of, ...options }: WatchOverlapsOptions = {}): AsyncGenerator<Overlap, void, undefined> {
    const variables = { of: of ?? null };
    const missed = (changedAfter: string | null): Pages<Overlap> =>
      this.list({ first: changedAfter === null ? 1 : 100, filter: { ...variables, changedAfter } });
    return watch(this.calls, { document: documents.OverlapFound, variables, missed }, options);
  }
}
