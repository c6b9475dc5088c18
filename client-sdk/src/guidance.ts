import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Guidance, GuidanceSection, Problem } from './records.ts';

/** Advice on campaigns. */
export class GuidanceLibrary {
  constructor(private readonly calls: Calls) {}

  /** What holds for an actor, programme, campaign, calendar entry or suggestion, with why: the most useful first. */
  for(id: string, options: ListOptions<documents.GuidanceFilter> = {}): Pages<Guidance> {
    const { first = 20, filter = null } = options;
    return Pages.of(this.calls, documents.ListGuidance, { first, filter, for: id }, options);
  }

  /** The library, by step and title. */
  list(options: ListOptions<documents.GuidanceFilter> = {}): Pages<Guidance> {
    const { first = 20, filter = null } = options;
    return Pages.of(this.calls, documents.ListGuidance, { first, filter }, options);
  }

  /** A section. Null: there is none. */
  async get(id: string, options?: CallOptions): Promise<GuidanceSection | null> {
    const { node } = await this.calls.read(documents.GetGuidance, { id }, options);
    return node?.__typename === 'GuidanceSection' ? node : null;
  }

  /** Coordinators add a section. @throws {ConcordProblemError} */
  add(input: documents.AddGuidanceInput, options?: CallOptions): Promise<GuidanceSection> {
    return accepted(this.tryAdd(input, options));
  }

  /** Like `add`, with a problem as an answer. */
  tryAdd(input: documents.AddGuidanceInput, options?: CallOptions): Promise<GuidanceSection | Problem> {
    return this.calls.create(documents.AddGuidance, input, options);
  }

  /** Coordinators change a section, for a reason; how it was stays among its versions. @throws {ConcordProblemError} */
  revise(input: documents.ReviseGuidanceInput, options?: CallOptions): Promise<GuidanceSection> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseGuidanceInput, options?: CallOptions): Promise<GuidanceSection | Problem> {
    return this.calls.change(documents.ReviseGuidance, input, options);
  }

  /** Coordinators take a section out of use: it is given for nothing any more. @throws {ConcordProblemError} */
  retire(section: RecordRead, reason: string, options?: CallOptions): Promise<GuidanceSection> {
    return accepted(this.tryRetire(section, reason, options));
  }

  /** Like `retire`, with a problem as an answer. */
  tryRetire(section: RecordRead, reason: string, options?: CallOptions): Promise<GuidanceSection | Problem> {
    return this.calls.change(documents.RetireGuidance, { ...asRead(section), reason }, options);
  }

  /** Coordinators take a retired section back into use. @throws {ConcordProblemError} */
  restore(section: RecordRead, reason: string, options?: CallOptions): Promise<GuidanceSection> {
    return accepted(this.tryRestore(section, reason, options));
  }

  /** Like `restore`, with a problem as an answer. */
  tryRestore(section: RecordRead, reason: string, options?: CallOptions): Promise<GuidanceSection | Problem> {
    return this.calls.change(documents.RestoreGuidance, { ...asRead(section), reason }, options);
  }
}
