import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { MarkedRead, Notification, NotificationPreferences, Problem } from './records.ts';

/** What your actor should know, or coordinators: one inbox for all who act for the same. */
export class Notifications {
  constructor(private readonly calls: Calls) {}

  /** The inbox, the latest first. */
  list(options: ListOptions<documents.NotificationFilter> = {}): Pages<Notification> {
    const { first = 20, filter = null } = options;
    return Pages.of(this.calls, documents.ListNotifications, { first, filter }, options);
  }

  /** Marks some of them as read, at most 100, for all who read the same inbox. @throws {ConcordProblemError} */
  markRead(ids: readonly string[], options?: CallOptions): Promise<MarkedRead> {
    return accepted(this.tryMarkRead(ids, options));
  }

  /** Like `markRead`, with a problem as an answer. */
  tryMarkRead(ids: readonly string[], options?: CallOptions): Promise<MarkedRead | Problem> {
    return this.calls.repeatable(documents.MarkRead, { ids }, options);
  }

  /** Marks one and all that are older as read, for all who read the same inbox. @throws {ConcordProblemError} */
  markReadUpTo(id: string, options?: CallOptions): Promise<MarkedRead> {
    return accepted(this.tryMarkReadUpTo(id, options));
  }

  /** Like `markReadUpTo`, with a problem as an answer. */
  tryMarkReadUpTo(id: string, options?: CallOptions): Promise<MarkedRead | Problem> {
    return this.calls.repeatable(documents.MarkRead, { upTo: id }, options);
  }

  /** How your actor is told by mail. Null: you are neither its editor nor its planner. */
  async preferences(options?: CallOptions): Promise<NotificationPreferences | null> {
    return (await this.calls.read(documents.NotificationPreferences, {}, options)).result;
  }

  /** Says how your actor is told by mail; fields left out stay as they are. @throws {ConcordProblemError} */
  setPreferences(
    input: documents.SetNotificationPreferencesInput,
    options?: CallOptions,
  ): Promise<NotificationPreferences> {
    return accepted(this.trySetPreferences(input, options));
  }

  /** Like `setPreferences`, with a problem as an answer. */
  trySetPreferences(
    input: documents.SetNotificationPreferencesInput,
    options?: CallOptions,
  ): Promise<NotificationPreferences | Problem> {
    return this.calls.change(documents.SetNotificationPreferences, input, options);
  }
}
