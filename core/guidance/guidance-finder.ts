import { sql } from 'kysely';
import { type GuidanceSection as RankedSection, facetSet, rankGuidance } from '../../engine/index.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import type { Reads } from '../projection/reads.ts';
import type { Selection } from '../projection/selection.ts';
import type { Sql } from '../projection/view.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { type DescribedSubject, describeSubject } from './describe-subject.ts';
import { type GuidanceReason, explainGuidance } from './explain-guidance.ts';
import { ROLES, stepNumber, toSubject } from './to-subject.ts';

/** A section as it is listed in one answer. */
interface Given {
  readonly id: string;
  /** From 1. */
  readonly rank: number;
  readonly because: string;
  readonly reasons: readonly GuidanceReason[];
}

/** Finds guidance: the whole library by filter, or what holds for one subject, ranked. Nothing is written. */
export class GuidanceFinder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly reads: Reads,
  ) {}

  /**
   * A page of guidance; `selection.args` holds for, first, after and filter. With `for`, the most useful first, else by step and
   * title. Retired sections are listed only where the filter asks for them, and hold for nothing. Ranking is by the library of the
   * moment: an edit between two pages may move a section from one to the other.
   * @throws {BadRequest} for a subject that is none to the viewer
   */
  async find(viewer: Viewer, selection: Selection): Promise<unknown> {
    const { filter, for: id } = selection.args;
    const stated = Object.entries(filter ?? {}).filter(([, value]) => value !== null);
    const wanted = { retired: false, ...Object.fromEntries(stated) };
    const listed = { ...selection, args: { ...selection.args, filter: wanted } };
    if (typeof id !== 'string') return this.reads.connection(viewer, 'Guidance', listed, UNRANKED);
    const subject = await describeSubject(this.reads, viewer, id);
    const ranked = await this.unitOfWork.look(viewer, (work) => this.rank(work, subject));
    const args = { ...listed.args, filter: { ...wanted, for: id }, orderBy: { field: 'fit', direction: 'asc' } };
    return this.reads.connection(viewer, 'Guidance', { ...listed, args }, rankedRows(ranked));
  }

  private async rank(work: Work, described: DescribedSubject): Promise<Given[]> {
    const rows = await readScopes(work);
    const vocabulary = await this.vocabulary.current(work.em);
    const subject = toSubject(described, vocabulary);
    const sections = rows.map((row) => toRankedSection(row, vocabulary));
    return rankGuidance(subject, sections).map((given, index) => ({
      id: given.id,
      rank: index + 1,
      ...explainGuidance(given, described.kind, subject.stepAtHand, vocabulary),
    }));
  }
}

const UNRANKED = sql`select section.*, null::int as rank, null::text as because, '[]'::jsonb as reasons
  from guidance_section section`;

function rankedRows(given: readonly Given[]): Sql {
  return sql`select section.*, ranked.rank, ranked.because, ranked.reasons
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as ranked (id text, rank int, because text, reasons jsonb)
      join guidance_section section using (id)`;
}

interface ScopeRow {
  readonly id: string;
  readonly step: string;
  readonly roles: readonly string[];
  readonly phases: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly objectiveLevels: readonly string[];
  readonly actorKinds: readonly string[];
}

/** For whom and what each section in use holds. */
async function readScopes({ em }: Work): Promise<readonly ScopeRow[]> {
  const { rows } = await sql<ScopeRow>`
    select id, step, roles, phases, audiences, themes, channels, languages,
      objective_levels as "objectiveLevels", actor_kinds as "actorKinds"
    from guidance_section where retired_at is null`.execute(em.getKysely());
  return rows;
}

function toRankedSection(row: ScopeRow, vocabulary: Vocabulary): RankedSection {
  return {
    id: row.id,
    step: stepNumber(vocabulary, row.step),
    scope: {
      phase: vocabulary.toFacetSet('phase', row.phases),
      audience: vocabulary.toFacetSet('audience', row.audiences),
      channel: vocabulary.toFacetSet('channel', row.channels),
      language: vocabulary.toFacetSet('language', row.languages),
      theme: vocabulary.toFacetSet('theme', row.themes),
      role: facetSet(ROLES.flatMap((role, bit) => (row.roles.includes(role) ? [bit] : []))),
      actorKind: vocabulary.toFacetSet('actor_kind', row.actorKinds),
      objectiveLevel: vocabulary.toFacetSet('objective_level', row.objectiveLevels),
    },
  };
}
