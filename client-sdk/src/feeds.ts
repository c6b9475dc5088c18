import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import type { CalendarFeed, CalendarSubscription, IssuedCalendarFeed, Problem } from './records.ts';

/** Calendars that programs outside subscribe to, and calendars outside that campaigns follow. */
export class Feeds {
  constructor(private readonly calls: Calls) {}

  /** The feeds you have issued; of an editor, all of its actor. */
  async list(options?: CallOptions): Promise<readonly CalendarFeed[]> {
    return (await this.calls.read(documents.ListCalendarFeeds, {}, options)).result;
  }

  /** Makes a feed. Its `url` is in this answer and nowhere else: whoever has it reads the calendar. @throws {ConcordProblemError} */
  issue(input: documents.IssueCalendarFeedInput, options?: CallOptions): Promise<IssuedCalendarFeed> {
    return accepted(this.tryIssue(input, options));
  }

  /** Like `issue`, with a problem as an answer. */
  tryIssue(input: documents.IssueCalendarFeedInput, options?: CallOptions): Promise<IssuedCalendarFeed | Problem> {
    return this.calls.change(documents.IssueCalendarFeed, input, options);
  }

  /** Ends a feed. @throws {ConcordProblemError} */
  revoke(id: string, options?: CallOptions): Promise<CalendarFeed> {
    return accepted(this.tryRevoke(id, options));
  }

  /** Like `revoke`, with a problem as an answer. */
  tryRevoke(id: string, options?: CallOptions): Promise<CalendarFeed | Problem> {
    return this.calls.repeatable(documents.RevokeCalendarFeed, { id }, options);
  }

  /** The calendars that campaigns of your actor follow, and whether that works. */
  async subscriptions(options?: CallOptions): Promise<readonly CalendarSubscription[]> {
    return (await this.calls.read(documents.ListCalendarSubscriptions, {}, options)).result;
  }

  /** Has the events of a calendar (`https://…` or `webcal://…`) become entries of a campaign. @throws {ConcordProblemError} */
  subscribe(input: documents.SubscribeCalendarInput, options?: CallOptions): Promise<CalendarSubscription> {
    return accepted(this.trySubscribe(input, options));
  }

  /** Like `subscribe`, with a problem as an answer. */
  trySubscribe(
    input: documents.SubscribeCalendarInput,
    options?: CallOptions,
  ): Promise<CalendarSubscription | Problem> {
    return this.calls.create(documents.SubscribeCalendar, input, options);
  }

  /** Leaves a calendar alone until it is resumed. @throws {ConcordProblemError} */
  pause(id: string, options?: CallOptions): Promise<CalendarSubscription> {
    return accepted(this.tryPause(id, options));
  }

  /** Like `pause`, with a problem as an answer. */
  tryPause(id: string, options?: CallOptions): Promise<CalendarSubscription | Problem> {
    return this.calls.repeatable(documents.PauseCalendarSubscription, { id }, options);
  }

  /** Looks at a calendar now, and follows it with your rights. @throws {ConcordProblemError} */
  resume(id: string, options?: CallOptions): Promise<CalendarSubscription> {
    return accepted(this.tryResume(id, options));
  }

  /** Like `resume`, with a problem as an answer. */
  tryResume(id: string, options?: CallOptions): Promise<CalendarSubscription | Problem> {
    return this.calls.repeatable(documents.ResumeCalendarSubscription, { id }, options);
  }

  /** Follows a calendar no more; its entries stay. @throws {ConcordProblemError} */
  remove(id: string, options?: CallOptions): Promise<CalendarSubscription> {
    return accepted(this.tryRemove(id, options));
  }

  /** Like `remove`, with a problem as an answer. */
  tryRemove(id: string, options?: CallOptions): Promise<CalendarSubscription | Problem> {
    return this.calls.repeatable(documents.RemoveCalendarSubscription, { id }, options);
  }
}
