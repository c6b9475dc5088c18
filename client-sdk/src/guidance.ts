import type { Calls } from './calls.ts';
import { type GuidanceFilter, ListGuidance } from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { Guidance } from './records.ts';

/** Advice on campaigns. */
export class GuidanceLibrary {
  constructor(private readonly calls: Calls) {}

  /** What holds for an actor, programme, campaign, calendar entry or suggestion, with why: the most useful first. */
  for(id: string, options: ListOptions<GuidanceFilter> = {}): Pages<Guidance> {
    const { first = 20, filter = null } = options;
    return Pages.of(this.calls, ListGuidance, { first, filter, for: id }, options);
  }

  /** The library, by step and title. */
  list(options: ListOptions<GuidanceFilter> = {}): Pages<Guidance> {
    const { first = 20, filter = null } = options;
    return Pages.of(this.calls, ListGuidance, { first, filter }, options);
  }
}
