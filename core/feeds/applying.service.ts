import { sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { HUB_VIEWER, type Role, type Viewer } from '../access/viewer.ts';
import { commonScopes, scopesOf } from '../access/scopes.ts';
import { CalendarEntry } from '../calendar/calendar-entry.entity.ts';
import type { CalendarService } from '../calendar/calendar.service.ts';
import { UID_SCHEME } from '../imports/icalendar/read-icalendar.ts';
import type { Outcome } from '../outcome.ts';
import { changesBetween } from './event-content.ts';
import { type PendingItem, settleItem, takePending } from './subscription.rows.ts';

interface Waiting {
  readonly id: string;
  readonly subscribedBy: string;
  readonly userId: string | null;
  /** Null: whoever subscribed may not act for the actor any more. */
  readonly role: Role | null;
  readonly actorId: string;
  readonly label: string | null;
}

/** Written in one transaction: short enough that nobody waits for it. */
const BATCH = 25;
const LONGEST_IDENTIFIER = 300;

/**
 * Makes entries of what subscribed calendars say, under the rights that whoever subscribed has at that moment. What people changed
 * in an entry stays until the source changes it too.
 */
export class ApplyingService {
  private under: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendar: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** Tells the registry what waits, of one subscription or of all; one call after another. */
  apply(only: string | null = null): Promise<void> {
    this.under = this.under.catch(() => undefined).then(() => this.applyAll(only));
    return this.under;
  }

  /** Begins nothing more, and resolves when what is under way is written. */
  close(): Promise<void> {
    this.closed = true;
    return this.under.catch(() => undefined);
  }

  private async applyAll(only: string | null): Promise<void> {
    const faults: unknown[] = [];
    for (const waiting of await this.findWaiting(only)) {
      // What is wrong with one calendar is not in the way of the others.
      await this.applyOne(waiting).catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0) throw new AggregateError(faults, `${String(faults.length)} calendars could not be written`);
  }

  private async applyOne(waiting: Waiting): Promise<void> {
    const { id, role } = waiting;
    if (role === null) {
      await this.stop(id);
      return;
    }
    const viewer = viewerOf({ ...waiting, role });
    for (let more = true; more && !this.closed;)
      more = await this.unitOfWork.run(viewer, (work) => this.applyBatch(work, id));
  }

  /** Whether there may be more that can be told now. */
  private async applyBatch(work: Work, id: string): Promise<boolean> {
    const pending = await takePending(work, id, BATCH);
    if (!pending) return false;
    for (const item of pending.items) {
      const told = await this.tell(work, pending.campaignId, item);
      // The party has had its share of the day: the rest waits.
      if (told?.kind === 'limit-exceeded') return false;
      const isSaved = told === null || told.kind === 'saved';
      await settleItem(work, id, {
        key: item.key,
        applied: isSaved ? item.content : item.applied,
        entryId: told?.kind === 'saved' ? told.id : item.entryId,
        refused: isSaved ? null : sayRefusal(told),
      });
    }
    return pending.items.length === BATCH;
  }

  /** What became of telling the registry of an event; null when there was nothing to tell. */
  private async tell(work: Work, campaign: string, item: PendingItem): Promise<Outcome | null> {
    const { content, gone, applied, entryId, key } = item;
    const isOff = gone || content.status === 'cancelled';
    const entry = entryId === null ? null : await work.em.findOne(CalendarEntry, { id: entryId }, { refresh: true });
    if (!entry) {
      if (isOff || entryId !== null) return null;
      const identifier = key.length > LONGEST_IDENTIFIER ? null : { scheme: UID_SCHEME, value: key };
      return this.calendar.addIn(work, { ...entryOf(content), campaign, identifier });
    }
    if (isOff) {
      if (entry.status === 'cancelled' || (gone && isOver(entry, this.clock.today()))) return null;
      const reason = gone ? GONE : null;
      return this.calendar.cancelIn(work, { id: entry.id, expectedVersion: entry.version, reason });
    }
    // It takes place after all, and what was cancelled does not come back: another stands for it.
    if (entry.status === 'cancelled' && applied !== null && (applied.status === 'cancelled' || wasGone(entry)))
      return this.calendar.addIn(work, { ...entryOf(content), campaign });
    const changes = applied === null ? entryOf(content) : changesBetween(applied, content);
    if (Object.keys(changes).length === 0) return null;
    return this.calendar.reviseIn(work, { id: entry.id, expectedVersion: entry.version, ...changes });
  }

  private findWaiting(only: string | null): Promise<readonly Waiting[]> {
    return this.unitOfWork.look(HUB_VIEWER, async ({ em, now }) => {
      const { rows } =
        await sql<Waiting>`select id, subscribed_by as "subscribedBy", user_id as "userId", role, actor_id as "actorId",
        label from app.find_pending_subscriptions(${only}, ${now})`.execute(em.getKysely());
      return rows;
    });
  }

  private async stop(id: string): Promise<void> {
    await this.unitOfWork.run(HUB_VIEWER, async ({ em, now }) => {
      await sql`select app.stop_subscription(${id}, ${now})`.execute(em.getKysely());
    });
  }
}

const GONE = 'It is no longer in the calendar that it came from.';
const wasGone = (entry: CalendarEntry): boolean => entry.cancelledReason === GONE;

function viewerOf({ subscribedBy, userId, role, actorId, label }: Waiting & { readonly role: Role }): Viewer {
  const scopes = commonScopes(scopesOf(role), ['write']);
  return { keyId: subscribedBy, userId, label: label ?? 'subscription', role, actorId, scopes };
}

/** Where it came from is not said: the address of a calendar is often its key. */
function entryOf(content: PendingItem['content']): Record<string, unknown> {
  const { name, description, days, recurrence, status } = content;
  return { name, description, footprint: { days }, recurrence, status, source: 'A calendar that its owner keeps' };
}

/** What took place is not called off because a calendar no longer shows it. */
function isOver({ endsOn }: CalendarEntry, today: number): boolean {
  return endsOn !== null && endsOn !== undefined && endsOn < formatCalendarDate(epochDay(today));
}

function sayRefusal(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'invalid':
      return outcome.issues.map(({ path, message }) => `${path}: ${message}`).join(' ');
    case 'forbidden':
    case 'conflict':
      return outcome.reason;
    case 'not-found':
      return `There is no record ${outcome.id}.`;
    case 'saved':
    case 'stale':
    case 'limit-exceeded':
      return `It could not be written: ${outcome.kind}.`;
  }
}
