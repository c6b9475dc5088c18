import { type RawBuilder, sql } from 'kysely';

/** What the hub forgets by itself, when, and why no sooner or later. What no rule names is kept: docs/decisions/0045. */
export interface RetentionRule {
  /** As reports and the audit call it. */
  readonly name: string;
  readonly table: string;
  /** The primary key. */
  readonly key: readonly string[];
  /** Whole days; a row goes on the first run after. */
  readonly keptDays: number;
  readonly why: string;
  /** Which rows are past it. @param before the instant that lies the days kept in the past */
  past(before: RawBuilder<unknown>): RawBuilder<unknown>;
}

/** In the order in which they are applied: what hangs on something goes before it. */
export const retentionRules: readonly RetentionRule[] = [
  {
    name: 'notifications',
    table: 'notification',
    key: ['id'],
    keptDays: 90,
    why: 'whoever has not looked for a quarter reads the records themselves',
    past: (before) => sql`created_at < ${before}`,
  },
  {
    name: 'digests',
    table: 'digest',
    key: ['id'],
    keptDays: 90,
    why: 'that a mail was sent, as long as what it told of',
    past: (before) => sql`created_at < ${before}`,
  },
  {
    name: 'webhook-deliveries',
    table: 'webhook_delivery',
    key: ['id'],
    keptDays: 30,
    why: 'long enough to see why a receiver missed something',
    past: (before) => sql`occurred_at < ${before}`,
  },
  {
    name: 'import-files',
    table: 'import_file',
    key: ['run_id'],
    keptDays: 7,
    why: 'bytes that nobody applied: each says itself until when it is kept',
    past: () => sql`expires_on < app.today()`,
  },
  {
    name: 'import-rows',
    table: 'import_item',
    key: ['id'],
    keptDays: 90,
    why: 'what a file said that never became a record; of applied ones it is kept, because they can be rolled back',
    past: (before) => sql`run_id in (select id from import_run
      where state in ('FAILED', 'READY', 'ROLLED_BACK') and created_at < ${before})`,
  },
  {
    name: 'calendar-events',
    table: 'calendar_subscription_item',
    key: ['subscription_id', 'key'],
    keptDays: 30,
    why: 'what a calendar said whose subscription was removed; entries made of it are records of their own',
    past: (before) => sql`subscription_id in (select id from calendar_subscription where removed_at < ${before})`,
  },
  {
    name: 'calendar-addresses',
    table: 'calendar_subscription',
    key: ['id'],
    keptDays: 30,
    why: 'the address of a removed subscription is often a secret',
    past: (before) => sql`removed_at < ${before} and not exists (
      select from calendar_subscription_item i where i.subscription_id = calendar_subscription.id)`,
  },
  {
    name: 'repeated-mutations',
    table: 'idempotency',
    key: ['party', 'mutation_key'],
    keptDays: 90,
    why: 'a client that was offline for a season may still repeat a mutation without doing it twice',
    past: (before) => sql`at < ${before}`,
  },
  {
    name: 'daily-budgets',
    table: 'probe_budget',
    key: ['party', 'day'],
    keptDays: 30,
    why: 'who looked how often on a day, long enough to look into probing',
    past: (before) => sql`day < (${before} at time zone 'utc')::date`,
  },
  {
    name: 'unreadable-events',
    table: 'outbox_event',
    key: ['id'],
    keptDays: 90,
    why: 'events that no release could read, after somebody could have looked; those handed on go after a day',
    past: (before) => sql`refused is not null and occurred_at < ${before}`,
  },
];
