import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { hubId } from '../../engine/index.ts';
import { AUDIENCE } from './seed/audience.ts';
import { DEVELOPING_MESSAGES } from './seed/developing-messages.ts';
import { DISSEMINATING_BY_CHANNEL } from './seed/disseminating-by-channel.ts';
import { DISSEMINATING_MESSAGES } from './seed/disseminating-messages.ts';
import { GETTING_STARTED } from './seed/getting-started.ts';
import { MONITORING } from './seed/monitoring.ts';
import { OBJECTIVES } from './seed/objectives.ts';
import type { SeedSection } from './seed/seed-section.ts';

/** When the sections that come with the hub were last read through; who reads them again changes it. */
const REVIEWED_ON = '2026-11-27';
const REVIEW_DUE_ON = '2027-11-27';

const STEPS: Readonly<Record<string, readonly SeedSection[]>> = {
  getting_started: GETTING_STARTED,
  objectives: OBJECTIVES,
  audience: AUDIENCE,
  developing_messages: DEVELOPING_MESSAGES,
  disseminating_messages: [...DISSEMINATING_MESSAGES, ...DISSEMINATING_BY_CHANNEL],
  monitoring: MONITORING,
};

/** The whole library as it comes with the hub, in the order of the handbook. */
export const SEED_SECTIONS: readonly (SeedSection & { readonly step: string })[] = Object.entries(STEPS).flatMap(
  ([step, sections]) => sections.map((section) => ({ ...section, step })),
);

const COLUMNS = [
  ...['step', 'title', 'text', 'roles', 'phases', 'audiences', 'themes', 'channels', 'languages', 'objective_levels'],
  ...['actor_kinds', 'source', 'source_url', 'reviewed_on', 'review_due_on'],
];

/**
 * Brings the stored library to what this version of the hub ships: adds what is missing, and changes what nobody but the hub has
 * changed. What a coordinator has revised, retired or restored stays as it is. One statement, after the vocabulary was seeded, on
 * the worker's login, whose policies refuse anything else.
 * @returns the number of sections written; 0 when the library was up to date.
 */
export async function seedGuidance(em: EntityManager, sections = SEED_SECTIONS): Promise<number> {
  const list = (columns: readonly string[], of: string) => sql.raw(columns.map((name) => `${of}.${name}`).join(', '));
  const { numAffectedRows } = await sql`
    merge into guidance_section as stored using (
      select * from jsonb_to_recordset(${JSON.stringify(sections.map(toRow))}::jsonb) as shipped (id text, step text, title text,
        text text, roles text[], phases text[], audiences text[], themes text[], channels text[], languages text[],
        objective_levels text[], actor_kinds text[], source text, source_url text, reviewed_on date, review_due_on date)
    ) as shipped on stored.id = shipped.id
    when matched and stored.changed_by = 'hub' and (${list(COLUMNS, 'stored')}) is distinct from (${list(COLUMNS, 'shipped')})
      then update set ${sql.raw(COLUMNS.map((name) => `${name} = shipped.${name}`).join(', '))}, version = stored.version + 1,
        reason = 'A later version of the hub says it so.', updated_at = now()
    when not matched
      then insert (id, ${sql.raw(COLUMNS.join(', '))}, language, reason, created_at, updated_at)
        values (shipped.id, ${list(COLUMNS, 'shipped')}, 'en', 'It came with the hub.', now(), now())`.execute(
    em.getKysely(),
  );
  return Number(numAffectedRows ?? 0n);
}

function toRow(section: SeedSection & { readonly step: string }) {
  return {
    id: sectionId(section.key),
    step: section.step,
    title: section.title,
    text: section.text,
    roles: section.roles ?? [],
    phases: section.phases ?? [],
    audiences: section.audiences ?? [],
    themes: section.themes ?? [],
    channels: section.channels ?? [],
    languages: section.languages ?? [],
    objective_levels: section.objectiveLevels ?? [],
    actor_kinds: section.actorKinds ?? [],
    source: section.source,
    source_url: section.sourceUrl ?? null,
    reviewed_on: REVIEWED_ON,
    review_due_on: REVIEW_DUE_ON,
  };
}

/** The same id in every hub, so that a seeded section is found again. */
export function sectionId(key: string): string {
  return hubId('gui', createHash('sha256').update(`guidance ${key}`).digest().subarray(0, 16));
}
