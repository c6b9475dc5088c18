import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { InsightKind } from './insight.input.ts';

/** What an insight says. Named like its columns; codes are canonical. */
export interface InsightContent {
  readonly kind: InsightKind;
  readonly audience: string;
  readonly statement: string;
  readonly source: string;
  /** `YYYY-MM-DD`; null where no day is known, as of some that the hub ships. */
  readonly published_on: string | null;
  readonly places: readonly string[];
  readonly corridor: string | null;
  readonly themes: readonly string[];
  /** Weight by code, 0 to 1. */
  readonly channels: Readonly<Record<string, number>>;
  /** Half-open; null is open. */
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly illustrative: boolean;
}

export const INSIGHT_COLUMNS = [
  'kind',
  'audience',
  'statement',
  'source',
  'published_on',
  'places',
  'corridor',
  'themes',
  'channels',
  'valid_from',
  'valid_to',
  'illustrative',
] as const satisfies readonly (keyof InsightContent)[];

export interface StoredInsight extends InsightContent {
  readonly owner_id: string | null;
  readonly confirmed: boolean;
  readonly withdrawn: boolean;
  readonly version: number;
}

/** Null when there is none that the viewer may see. Not locked, because that takes the right to change it. */
export async function findInsight({ em }: Work, id: string): Promise<StoredInsight | null> {
  const { rows } = await sql<{ stored: StoredInsight }>`
    select to_jsonb(i) || jsonb_build_object('withdrawn', withdrawn_at is not null) as stored
    from insight i where id = ${id}`.execute(em.getKysely());
  return rows[0]?.stored ?? null;
}

/** The version of one that the viewer may change, which nobody else changes until the transaction ends; null when it may not. */
export async function takeVersion({ em }: Work, id: string): Promise<number | null> {
  const { rows } = await sql<{ version: number }>`select version from insight where id = ${id} for update`.execute(
    em.getKysely(),
  );
  return rows[0]?.version ?? null;
}

export async function insertInsight(
  { em, now }: Work,
  insight: InsightContent & Pick<StoredInsight, 'owner_id' | 'confirmed'> & { readonly id: string },
): Promise<void> {
  await sql`
    insert into insight (id, owner_id, confirmed, ${columns}, created_at, updated_at)
    select id, owner_id, confirmed, ${columns}, ${now}, ${now} from jsonb_populate_record(null::insight, ${JSON.stringify(insight)}::jsonb)`.execute(
    em.getKysely(),
  );
}

/** Puts new content in the place of the old. */
export async function updateInsight(
  { em, now }: Work,
  id: string,
  insight: InsightContent & Pick<StoredInsight, 'confirmed'>,
): Promise<void> {
  await sql`
    update insight set (confirmed, ${columns}) = (
      select confirmed, ${columns} from jsonb_populate_record(null::insight, ${JSON.stringify(insight)}::jsonb)),
      version = version + 1, updated_at = ${now}
    where id = ${id}`.execute(em.getKysely());
}

export async function setConfirmed({ em, now }: Work, id: string): Promise<void> {
  await sql`update insight set confirmed = true, version = version + 1, updated_at = ${now} where id = ${id}`.execute(
    em.getKysely(),
  );
}

export async function setWithdrawn({ em, now }: Work, id: string, reason: string | null): Promise<void> {
  await sql`
    update insight set confirmed = false, withdrawn_at = ${now}, withdrawn_reason = ${reason}, version = version + 1, updated_at = ${now}
    where id = ${id}`.execute(em.getKysely());
}

/** Does the viewer act for a verified actor, or coordinate? */
export async function isMember({ em }: Work): Promise<boolean> {
  const { rows } = await sql<{ member: boolean }>`select app.is_member() as member`.execute(em.getKysely());
  return rows[0]?.member ?? false;
}

const columns = sql.join(INSIGHT_COLUMNS.map((name) => sql.ref(name)));
