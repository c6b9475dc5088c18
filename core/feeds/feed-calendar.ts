import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Peppers } from '../access/peppers.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import { HUB_VIEWER, type Viewer, type ViewerRole } from '../access/viewer.ts';
import { OBSERVANCE_KINDS } from '../observances/observance.ts';
import { type Selection, select } from '../projection/selection.ts';
import type { Reads } from '../projection/reads.ts';
import { hashFeedToken } from './feed.service.ts';
import type { FeedFilter } from './feed.rows.ts';
import { type ShownBand, type ShownEntry, writeCalendar } from './write-calendar.ts';

/** A calendar as its subscribers get it. */
export interface FeedContents {
  readonly text: string;
  /** The same for the same text. */
  readonly etag: string;
}

interface FoundFeed extends FeedFilter {
  readonly issuedBy: string;
  readonly userId: string | null;
  readonly role: ViewerRole;
  readonly actorId: string | null;
  readonly label: string;
  readonly title: string;
}

/** What is over for longer, or further ahead, is in no feed. */
const DAYS_BACK = 180;
const DAYS_AHEAD = 730;
/** Observances reach less far: they are many. */
const OBSERVANCE_DAYS_BACK = 31;
const OBSERVANCE_DAYS_AHEAD = 365;
const MOST_ENTRIES = 2_000;

const DAYS = select('days', ['start', 'end']);
const ENTRY: readonly (string | Selection)[] = [
  ...[
    'id',
    'name',
    'description',
    'status',
    'cancelledReason',
    'precision',
    'recurrence',
    'version',
    'createdAt',
    'updatedAt',
  ],
  select('statedDays', ['start', 'end']),
  select('footprint', [DAYS, select('places', ['name']), select('themes', ['label'])]),
  select('owner', ['name']),
  select('campaign', ['name']),
];
const BAND = ['kind', 'name', DAYS, select('countries', ['code', 'name']), 'reason', 'estimated'];

/** Whoever wrote it, the hub did: only its frame is looked at. */
const shownEntries = z.array(z.custom<ShownEntry>((value) => typeof value === 'object' && value !== null));
const shownBands = z.object({
  bands: z.array(z.custom<ShownBand>((value) => typeof value === 'object' && value !== null)),
});

/** Writes calendars for whoever comes with the token of one. */
export class FeedCalendar {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly peppers: Peppers,
  ) {}

  /**
   * The calendar behind a token as its issuer may see it at this moment, at most 2,000 entries; null where there is none, where
   * it was revoked, and where its issuer may see nothing any more. Looking for it takes the same steps for any text.
   */
  async read(token: string): Promise<FeedContents | null> {
    const feed = await this.find(token);
    if (!feed) return null;
    const viewer: Viewer = {
      keyId: feed.issuedBy,
      userId: feed.userId,
      label: feed.label,
      role: feed.role,
      actorId: feed.actorId,
      scopes: [],
    };
    const entries = shownEntries.parse(await this.entries(viewer, feed));
    const observances = feed.observances ? await this.observances(viewer, feed) : [];
    const text = writeCalendar({ title: feed.title, entries, observances });
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  }

  /** Looked for by every pepper that counts; found by an older one, it is hashed anew. */
  private async find(token: string): Promise<FoundFeed | undefined> {
    await this.peppers.refresh();
    const hashes = this.peppers.known.map(({ key }) => hashFeedToken(key, token));
    const { id: pepper, key } = this.peppers.current;
    const fresh = hashFeedToken(key, token);
    const found = await this.unitOfWork.look(HUB_VIEWER, async ({ em, now }) => {
      const { rows } = await sql<FoundFeed & { hash: string }>`
        select hash, issued_by as "issuedBy", user_id as "userId", role, actor_id as "actorId", label,
          countries, corridors, themes, mine, observances, title
        from unnest(${hashes}::text[]) as hash, app.find_calendar_feed(hash, ${now})`.execute(em.getKysely());
      return rows[0];
    });
    if (found && found.hash !== fresh)
      await this.unitOfWork.run(HUB_VIEWER, ({ em }) =>
        sql`select app.hash_feed_anew(${found.hash}, ${fresh}, ${pepper})`.execute(em.getKysely()),
      );
    return found;
  }

  private entries(viewer: Viewer, feed: FoundFeed): Promise<unknown> {
    const selection = { ...select('calendar', ENTRY), args: { filter: this.filterOf(viewer, feed) } };
    const today = formatCalendarDate(epochDay(this.clock.today()));
    return this.reads.value(viewer, (compiler) => {
      const view = compiler.view('CalendarEntry');
      const row = compiler.row(view.table);
      const conditions = compiler.conditions(view, row, selection);
      const chosen = compiler.row(view.table);
      // What is to come matters more than what is over, where it is too much.
      return sql`(select coalesce(json_agg(${compiler.object('CalendarEntry', chosen, selection)}
          order by ${chosen.column('starts_on')}, ${chosen.column('id')}), '[]'::json)
        from calendar_entry as ${sql.ref(chosen.alias)} where ${chosen.column('id')} in (
          select ${row.column('id')} from calendar_entry as ${sql.ref(row.alias)} where ${sql.join(conditions, sql` and `)}
          order by coalesce(${row.column('ends_on')}, 'infinity') < ${today}::date, ${row.column('starts_on')}, ${row.column('id')}
          limit ${sql.lit(MOST_ENTRIES)}))`;
    });
  }

  private async observances(viewer: Viewer, feed: FoundFeed): Promise<readonly ShownBand[]> {
    const between = this.between(OBSERVANCE_DAYS_BACK, OBSERVANCE_DAYS_AHEAD);
    const bands = select('bands', BAND, { between, kinds: OBSERVANCE_KINDS });
    const list = select('calendar', [bands], { first: 1, filter: this.filterOf(viewer, feed) });
    return shownBands.parse(await this.reads.connection(viewer, 'CalendarEntry', list)).bands;
  }

  private filterOf({ actorId }: Viewer, { countries, corridors, themes, mine }: FeedFilter): object {
    return {
      between: this.between(DAYS_BACK, DAYS_AHEAD),
      ...(countries.length > 0 && { countries }),
      ...(corridors.length > 0 && { corridors }),
      ...(themes.length > 0 && { themes }),
      ...(mine && { owners: [actorId] }),
    };
  }

  private between(back: number, ahead: number): { readonly start: string; readonly end: string } {
    const today = this.clock.today();
    return { start: formatCalendarDate(epochDay(today - back)), end: formatCalendarDate(epochDay(today + ahead)) };
  }
}
