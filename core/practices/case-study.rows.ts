import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import type { CaseStudyFields } from './case-study.input.ts';

export type CaseStudyStatus = 'draft' | 'published' | 'withdrawn';

/** What a case study says, named like its columns; its evidence is beside it. */
export interface CaseStudyText {
  readonly title: string;
  readonly summary: string;
  readonly done: string;
  readonly achieved: string;
  readonly conditions: string;
  readonly programme_id: string | null;
  readonly campaign_id: string | null;
  readonly places: readonly string[];
  readonly corridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly objective_level: string | null;
  readonly visibility: 'public' | 'members';
  readonly illustrative: boolean;
  readonly source: string | null;
}

const COLUMNS = [
  'title',
  'summary',
  'done',
  'achieved',
  'conditions',
  'programme_id',
  'campaign_id',
  'places',
  'corridors',
  'audiences',
  'themes',
  'channels',
  'languages',
  'objective_level',
  'visibility',
  'illustrative',
  'source',
] as const satisfies readonly (keyof CaseStudyText)[];

export interface StoredCaseStudy {
  readonly id: string;
  readonly ownerId: string;
  readonly status: CaseStudyStatus;
  readonly version: number;
  readonly text: CaseStudyText;
}

const columns = sql.join(COLUMNS.map((name) => sql.ref(name)));

/** One that the viewer may see; null when there is none. */
export async function findCaseStudy({ em }: Work, id: string): Promise<StoredCaseStudy | null> {
  const pairs = sql.join(COLUMNS.map((name) => sql`${sql.lit(name)}, ${sql.ref(name)}`));
  const { rows } = await sql<StoredCaseStudy>`select id, owner_id as "ownerId", status, version,
    jsonb_build_object(${pairs}) as text from case_study where id = ${id}`.execute(em.getKysely());
  return rows[0] ?? null;
}

/** Stores a new draft. */
export async function insertDraft({ em, now }: Work, id: string, ownerId: string, text: CaseStudyText): Promise<void> {
  await sql`insert into case_study (id, owner_id, status, created_at, updated_at, ${columns})
    select ${id}, ${ownerId}, 'draft', ${now}, ${now}, ${columns}
    from jsonb_populate_record(null::case_study, ${JSON.stringify(text)}::jsonb)`.execute(em.getKysely());
}

/** Stores what it says now; false when it is another version by now. */
export async function updateText(
  { em, now }: Work,
  { id, version }: Pick<StoredCaseStudy, 'id' | 'version'>,
  text: CaseStudyText,
): Promise<boolean> {
  const updates = sql.join(COLUMNS.map((name) => sql`${sql.ref(name)} = given.${sql.ref(name)}`));
  const { numAffectedRows } =
    await sql`update case_study set ${updates}, version = case_study.version + 1, updated_at = ${now}
    from jsonb_populate_record(null::case_study, ${JSON.stringify(text)}::jsonb) as given
    where case_study.id = ${id} and case_study.version = ${version}`.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** What becomes of it, as columns; false when it is another version by now. */
export async function updateFate(
  { em, now }: Work,
  { id, version }: Pick<StoredCaseStudy, 'id' | 'version'>,
  fate: 'published' | 'withdrawn' | 'featured' | 'not-featured',
): Promise<boolean> {
  const changes = {
    published: sql`status = 'published', published_at = ${now}`,
    withdrawn: sql`status = 'withdrawn', withdrawn_at = ${now}, featured_at = null`,
    featured: sql`featured_at = coalesce(featured_at, ${now})`,
    'not-featured': sql`featured_at = null`,
  };
  const { numAffectedRows } =
    await sql`update case_study set ${changes[fate]}, version = version + 1, updated_at = ${now}
    where id = ${id} and version = ${version}`.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** Puts these in the place of the evidence stored; absent, it stays. */
export async function replaceEvidence(
  { em }: Work,
  id: string,
  evidence: CaseStudyFields['evidence'] | undefined,
): Promise<void> {
  if (evidence === undefined) return;
  const db = em.getKysely();
  await sql`delete from case_study_evidence where case_study_id = ${id}`.execute(db);
  const rows = (evidence ?? []).map(({ kind, statement, source, link, publishedOn }, index) => ({
    case_study_id: id,
    position: index + 1,
    kind,
    statement,
    source,
    link: link ?? null,
    published_on: publishedOn ?? null,
  }));
  await sql`insert into case_study_evidence
    select * from jsonb_populate_recordset(null::case_study_evidence, ${JSON.stringify(rows)}::jsonb)`.execute(db);
}
