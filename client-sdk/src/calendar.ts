import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type ReasonOptions, type RecordRead } from './record-read.ts';
import type { CalendarEntry, Problem } from './records.ts';

/** Dated pieces of campaigns. */
export class Calendar {
  constructor(private readonly calls: Calls) {}

  /** What happens from one day to another, both included (`2026-03-01`). By start unless ordered otherwise. */
  between(
    start: string,
    end: string,
    options: ListOptions<Omit<documents.CalendarFilter, 'between'>, documents.CalendarEntryOrder> = {},
  ): Pages<CalendarEntry> {
    const { first = 20, orderBy = null } = options;
    const filter = { ...options.filter, between: { start, end } };
    return Pages.of(this.calls, documents.ListCalendar, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<CalendarEntry | null> {
    const { node } = await this.calls.read(documents.GetCalendarEntry, { id }, options);
    return node?.__typename === 'CalendarEntry' ? node : null;
  }

  /** Adds a dated piece to a campaign. @throws {ConcordProblemError} */
  add(input: documents.AddCalendarEntryInput, options?: CallOptions): Promise<CalendarEntry> {
    return accepted(this.tryAdd(input, options));
  }

  /** Like `add`, with a problem as an answer. */
  tryAdd(input: documents.AddCalendarEntryInput, options?: CallOptions): Promise<CalendarEntry | Problem> {
    return this.calls.create(documents.AddCalendarEntry, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseCalendarEntryInput, options?: CallOptions): Promise<CalendarEntry> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseCalendarEntryInput, options?: CallOptions): Promise<CalendarEntry | Problem> {
    return this.calls.change(documents.ReviseCalendarEntry, input, options);
  }

  /** Calls an entry off for good. @throws {ConcordProblemError} */
  cancel(entry: RecordRead, options?: ReasonOptions): Promise<CalendarEntry> {
    return accepted(this.tryCancel(entry, options));
  }

  /** Like `cancel`, with a problem as an answer. */
  tryCancel(entry: RecordRead, { reason, ...options }: ReasonOptions = {}): Promise<CalendarEntry | Problem> {
    return this.calls.change(documents.CancelCalendarEntry, { ...asRead(entry), reason: reason ?? null }, options);
  }
}
