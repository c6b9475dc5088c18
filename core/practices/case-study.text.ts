import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { type Refused, invalid, notFound } from '../outcome.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { CaseStudyChanges } from './case-study.input.ts';
import type { CaseStudyText } from './case-study.rows.ts';

/** What a case study says before its owner has said anything. */
export const EMPTY: CaseStudyText = {
  title: '',
  summary: '',
  done: '',
  achieved: '',
  conditions: '',
  programme_id: null,
  campaign_id: null,
  places: [],
  corridors: [],
  audiences: [],
  themes: [],
  channels: [],
  languages: [],
  objective_level: null,
  visibility: 'members',
  illustrative: false,
  source: null,
};

const FACETS = ['places', 'corridors', 'audiences', 'themes', 'channels', 'languages'] as const;

/** Whether a change bears on where a published case study is suggested. */
export function bearsOnMatching(changes: CaseStudyChanges): boolean {
  return [...FACETS, 'evidence' as const].some((name) => changes[name] !== undefined);
}

/** What a case study has to say before others see it, and does not yet; null when nothing lacks. */
export function lacking({ summary, done, achieved }: CaseStudyText): string | null {
  const missing = Object.entries({ summary, done, achieved }).flatMap(([name, text]) => (text === '' ? [name] : []));
  return missing.length === 0 ? null : `Before it is published, a case study says more: ${missing.join(', ')}.`;
}

/**
 * What it says after a change: what is absent stays, null clears. Refused with an unknown code, or where what it comes from is not
 * there for the viewer.
 */
export async function rewrite(
  work: Work,
  vocabulary: VocabularyService,
  stored: CaseStudyText,
  changes: CaseStudyChanges,
): Promise<{ readonly kind: 'rewritten'; readonly text: CaseStudyText } | Refused> {
  const unseen = await findUnseen(work, changes);
  if (unseen !== null) return notFound(unseen);
  const { footprint, issues } = await vocabulary.resolve(work.em, changes);
  const level = await resolveLevel(work, vocabulary, changes.objectiveLevel);
  if (issues.length + level.issues.length > 0) return invalid([...issues, ...level.issues]);
  const lists = Object.fromEntries(
    FACETS.map((facet) => [facet, changes[facet] === undefined ? stored[facet] : (footprint[facet] ?? [])]),
  ) as Pick<CaseStudyText, (typeof FACETS)[number]>;
  const text: CaseStudyText = {
    ...lists,
    title: changes.title ?? stored.title,
    summary: changed(changes.summary, stored.summary, ''),
    done: changed(changes.done, stored.done, ''),
    achieved: changed(changes.achieved, stored.achieved, ''),
    conditions: changed(changes.conditions, stored.conditions, ''),
    programme_id: changed(changes.programme, stored.programme_id, null),
    campaign_id: changed(changes.campaign, stored.campaign_id, null),
    objective_level: changes.objectiveLevel === undefined ? stored.objective_level : level.code,
    visibility: changed(changes.visibility, stored.visibility, 'members'),
    illustrative: changed(changes.illustrative, stored.illustrative, false),
    source: changed(changes.source, stored.source, null),
  };
  return { kind: 'rewritten', text };
}

function changed<T>(given: T | null | undefined, stored: T, cleared: T): T {
  return given === undefined ? stored : (given ?? cleared);
}

async function resolveLevel(work: Work, vocabulary: VocabularyService, level: string | null | undefined) {
  if (typeof level !== 'string') return { code: null, issues: [] };
  const written = { kind: 'objective_level' as const, code: level, path: 'input.objectiveLevel' };
  const { resolved, issues } = await vocabulary.resolveCodes(work.em, [written]);
  return { code: resolved[0]?.code ?? null, issues };
}

/** The first of the programme and campaign named that is not there for the viewer; null when both are. */
async function findUnseen({ em }: Work, { programme, campaign }: CaseStudyChanges): Promise<string | null> {
  const named = [
    ...(typeof programme === 'string' ? [{ table: 'programme', id: programme }] : []),
    ...(typeof campaign === 'string' ? [{ table: 'campaign', id: campaign }] : []),
  ];
  for (const { table, id } of named) {
    const { rows } = await sql`select from ${sql.table(table)} where id = ${id}`.execute(em.getKysely());
    if (rows.length === 0) return id;
  }
  return null;
}
