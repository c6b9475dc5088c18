import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';

/** Which entries a feed shows of those that its issuer may see; without any condition all of them. */
export interface FeedFilter {
  readonly countries: readonly string[];
  readonly corridors: readonly string[];
  readonly themes: readonly string[];
  /** Only those of the issuer's own actor. */
  readonly mine: boolean;
  /** Whether observances are shown beside them. */
  readonly observances: boolean;
}

/** How many living feeds the viewer has issued. Nobody issues another with the same key before the transaction ends. */
export async function countFeeds({ em, viewer }: Work): Promise<number> {
  const db = em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar feeds of ${viewer.keyId}`}, 0))`.execute(db);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from calendar_feed
    where issued_by = ${viewer.keyId} and revoked_at is null`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function insertFeed(
  { em, viewer, now }: Work,
  feed: FeedFilter & {
    readonly id: string;
    readonly label: string;
    readonly tokenHash: string;
    readonly pepper: string;
  },
): Promise<void> {
  await sql`insert into calendar_feed (id, issued_by, role, actor_id, label, token_hash, pepper, countries, corridors, themes, mine, observances, created_at)
    values (${feed.id}, ${viewer.keyId}, ${viewer.role}, ${viewer.actorId}, ${feed.label}, ${feed.tokenHash}, ${feed.pepper}, ${[...feed.countries]}::text[],
      ${[...feed.corridors]}::text[], ${[...feed.themes]}::text[], ${feed.mine}, ${feed.observances}, ${now})`.execute(
    em.getKysely(),
  );
}

/** One that the viewer may see; whether it was revoked is told with it. */
export async function findFeed({ em }: Work, id: string): Promise<{ readonly revoked: boolean } | null> {
  const { rows } = await sql<{ revoked: boolean }>`
    select revoked_at is not null as revoked from calendar_feed where id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

export async function revokeFeed({ em, now }: Work, id: string): Promise<void> {
  await sql`update calendar_feed set revoked_at = ${now} where id = ${id}`.execute(em.getKysely());
}
