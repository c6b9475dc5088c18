import type { FetchOutcome } from '../../platform/fetch-outside.ts';
import type { Work } from '../access/unit-of-work.ts';
import { readCalendarFile } from '../imports/icalendar/read-icalendar.ts';
import { append } from '../outbox/outbox.ts';
import { contentOf } from './event-content.ts';
import {
  type DueSubscription,
  type SeenEvent,
  claimDue,
  failureOf,
  noteFailed,
  noteSeen,
  storeEvents,
} from './subscription.rows.ts';

/** Looked at together: a job may take as long as all of them, five seconds each. */
const AT_ONCE = 20;
/** Longer than a job may take: nobody else looks meanwhile. */
const LEASE_S = 600;
const HOUR_S = 3_600;
const FIRST_PAUSE_S = HOUR_S / 4;
const LONGEST_PAUSE_S = 24 * HOUR_S;
/** More is no calendar of a campaign. */
const MOST_EVENTS = 1_000;
const LONGEST_KEY = 2_000;

/** What a look at a calendar said. */
type Seen =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'events'; readonly events: readonly SeenEvent[]; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly code: string };

/** Keeps what subscribed calendars say. Writes nothing of the registry: that is for `ApplyingService`, under the subscriber's rights. */
export class FetchingService {
  /** What is to be looked at now. */
  claim(work: Work, only: string | null): Promise<readonly DueSubscription[]> {
    return claimDue(work, { only, limit: AT_ONCE, leaseS: LEASE_S });
  }

  /** Stores what a look at a calendar said, or that it failed and when it is tried again. Tells the code of a failure. */
  async keep(work: Work, id: string, outcome: FetchOutcome): Promise<string | null> {
    const seen = see(outcome);
    if (seen.kind === 'failed') {
      const atLeastS = outcome.kind === 'answered' ? (outcome.retryAfterS ?? 0) : 0;
      await noteFailed(work, id, { code: seen.code, firstS: FIRST_PAUSE_S, longestS: LONGEST_PAUSE_S, atLeastS });
      return seen.code;
    }
    // What was cut off is asked for anew, whatever its version.
    const whole = seen.kind === 'events' && seen.whole;
    const validators = outcome.kind === 'fetched' && whole ? outcome.validators : null;
    await noteSeen(work, id, { validators, nextS: HOUR_S });
    if (seen.kind === 'events' && (await storeEvents(work, id, seen)))
      await append(work.em, { kind: 'subscription.fetched', id });
    return null;
  }
}

function see(outcome: FetchOutcome): Seen {
  const code = failureOf(outcome);
  if (code !== null) return { kind: 'failed', code };
  if (outcome.kind !== 'fetched') return { kind: 'unchanged' };
  const { items, complete } = readCalendarFile(outcome.bytes);
  const named = items.flatMap(({ sequence, fromFile }): SeenEvent[] => {
    const content = fromFile.kind === 'record' ? contentOf(fromFile.record) : null;
    if (fromFile.kind !== 'record' || content === null || fromFile.record.key.length > LONGEST_KEY) return [];
    return [{ key: fromFile.record.key, sequence, content }];
  });
  const events = [...new Map(named.map((event) => [event.key, event])).values()];
  if (events.length === 0 && !complete) return { kind: 'failed', code: 'not-a-calendar' };
  if (events.length > MOST_EVENTS) return { kind: 'failed', code: 'too-many-events' };
  // What could not be read is there all the same.
  const whole = complete && items.every(({ fromFile }) => fromFile.kind === 'record' || !isEvent(fromFile.remarks));
  return { kind: 'events', events, whole };
}

/** Whether a refusal is of an event, so that nobody knows which. */
const isEvent = (remarks: readonly { readonly column: string | null }[]): boolean =>
  remarks.some(({ column }) => column !== null);
