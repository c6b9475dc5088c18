import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Actor, Problem } from './records.ts';

/** Why a coordinator vouches for an actor. */
export interface VettingGrounds {
  /** What it rests on. */
  readonly evidence: string;
  /** The last day (`2026-03-01`). Default: without end. */
  readonly validUntil?: string | undefined;
}

/** Who is registered. */
export class Actors {
  constructor(private readonly calls: Calls) {}

  /** By name unless ordered otherwise. */
  list(options: ListOptions<documents.ActorFilter, documents.ActorOrder> = {}): Pages<Actor> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListActors, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Actor | null> {
    const { node } = await this.calls.read(documents.GetActor, { id }, options);
    return node?.__typename === 'Actor' ? node : null;
  }

  /** Registers an actor, to be verified by a coordinator. @throws {ConcordProblemError} */
  register(input: documents.RegisterActorInput, options?: CallOptions): Promise<Actor> {
    return accepted(this.tryRegister(input, options));
  }

  /** Like `register`, with a problem as an answer. */
  tryRegister(input: documents.RegisterActorInput, options?: CallOptions): Promise<Actor | Problem> {
    return this.calls.create(documents.RegisterActor, input, options);
  }

  /** Changes what an actor says about itself. @throws {ConcordProblemError} */
  revise(input: documents.ReviseActorInput, options?: CallOptions): Promise<Actor> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseActorInput, options?: CallOptions): Promise<Actor | Problem> {
    return this.calls.change(documents.ReviseActor, input, options);
  }

  /**
   * Coordinators vouch for an actor: from now on its records match; those of diaspora, migrant-led and private actors once a second
   * coordinator has vouched, too. @throws {ConcordProblemError}
   */
  verify(actor: RecordRead, grounds: VettingGrounds, options?: CallOptions): Promise<Actor> {
    return accepted(this.tryVerify(actor, grounds, options));
  }

  /** Like `verify`, with a problem as an answer. */
  tryVerify(actor: RecordRead, grounds: VettingGrounds, options?: CallOptions): Promise<Actor | Problem> {
    return this.calls.change(documents.VerifyActor, { ...asRead(actor), ...grounds }, options);
  }

  /** Coordinators take an actor out: its records stop matching at once. @throws {ConcordProblemError} */
  suspend(actor: RecordRead, reason: string, options?: CallOptions): Promise<Actor> {
    return accepted(this.trySuspend(actor, reason, options));
  }

  /** Like `suspend`, with a problem as an answer. */
  trySuspend(actor: RecordRead, reason: string, options?: CallOptions): Promise<Actor | Problem> {
    return this.calls.change(documents.SuspendActor, { ...asRead(actor), reason }, options);
  }

  /**
   * Coordinators unite two records of one actor: everything of the duplicate moves to the survivor, to which its id leads from then
   * on. Answers the survivor. @throws {ConcordProblemError}
   */
  merge(survivor: RecordRead, duplicate: string, options?: CallOptions): Promise<Actor> {
    return accepted(this.tryMerge(survivor, duplicate, options));
  }

  /** Like `merge`, with a problem as an answer. */
  tryMerge({ id, version }: RecordRead, duplicate: string, options?: CallOptions): Promise<Actor | Problem> {
    const input = { survivor: id, expectedVersion: version, duplicate };
    return this.calls.change(documents.MergeActors, input, options);
  }
}
