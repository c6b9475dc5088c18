import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Overlap, parseCalendarDate, rankPartners } from '../../engine/index.ts';
import { chargeProbe } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayCurate, type Viewer } from '../access/viewer.ts';
import { buildFootprint } from '../footprints/build-footprint.ts';
import { inherit, toFacets } from '../footprints/inherit.ts';
import type { RegistryRow } from '../footprints/registry.rows.ts';
import { footprintInput, type StatedFootprint } from '../footprints/stated-footprint.ts';
import { forItsOwner, isLeftOut, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import type { CellRow, FootprintRow } from '../footprints/footprint.rows.ts';
import type { Issue } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection } from '../projection/selection.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { describeOverlap } from './describe-overlap.ts';
import type { OverlapContent } from './overlap.rows.ts';

const LARGEST_PAGE = 100;
const previewInput = z.object({
  footprint: footprintInput,
  owner: z.string().nullish(),
  programme: z.string().nullish(),
});
type PreviewInput = z.infer<typeof previewInput>;

/** The id under which a footprint that is not registered is compared; no record can have it. */
const UNREGISTERED = 'unregistered';

/** Looks what a footprint would overlap with if it were registered. Nothing is written. */
export class OverlapPreviews {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly reads: Reads,
  ) {}

  /**
   * The best overlaps that a campaign with this footprint would have, as if its owner were verified; the strongest first, at most
   * three with one other owner. None without days. @param input see `PreviewOverlapsInput` @param first 1 to 100
   * @throws {BadRequest} for an input that could not be registered either
   */
  async preview(viewer: Viewer, input: unknown, first: number, selection: Selection): Promise<unknown> {
    const parsed = parse(previewInput, input);
    if (!parsed.ok) throw refusal(parsed.issues);
    if (first < 1 || first > LARGEST_PAGE)
      throw new BadRequest(`first must be between 1 and 100, not ${String(first)}.`);
    await this.charge(viewer);
    const found = await this.unitOfWork.look(viewer, (work) => this.find(work, parsed.value, first));
    if (found.length === 0) return [];
    return this.reads.value(viewer, (compiler) => {
      const row = compiler.row('overlap');
      const shown = compiler.object('OverlapPreview', row, selection);
      return sql`(select json_agg(${shown} order by ${row.column('strength')} desc, ${row.column('b_id')})
        from jsonb_populate_recordset(null::overlap, ${JSON.stringify(found)}::jsonb) as ${sql.ref(row.alias)})`;
    });
  }

  /** A preview tells what others release: how many a party may ask a day is limited, so that asking stays no way to search. */
  private async charge(viewer: Viewer): Promise<void> {
    const exceeded = await this.unitOfWork.run(viewer, (work) => chargeProbe(work));
    if (exceeded)
      throw new BadRequest('You have made 200 previews and writes that are matched today: go on tomorrow (UTC).');
  }

  private async find(work: Work, input: PreviewInput, first: number): Promise<OverlapContent[]> {
    const { days, ...codes } = input.footprint;
    const { footprint, issues, vocabulary } = await this.vocabulary.resolve(work.em, codes, 'input.footprint', {
      readOnly: true,
    });
    if (issues.length > 0) throw refusal(issues);
    const owner = await readOwner(work, input.owner ?? work.viewer.actorId);
    const programme = input.programme ? await readProgramme(work.em, input.programme) : null;
    const stated = Object.fromEntries(Object.entries(footprint).filter(([, list]) => list !== null && list.length > 0));
    const record = toRecord(owner, programme, stated, days ?? null, vocabulary);
    const placed = buildFootprint(record, vocabulary);
    const asItIs = toFootprint(placed.footprint);
    if (asItIs === null) return [];
    const self = forItsOwner(asItIs);
    const met = await readReleasedMetBy(work.em, placed.cells);
    const candidates = met.filter((other) => !isLeftOut(asItIs, other));
    const others = new Map(candidates.map((candidate) => [candidate.id, candidate]));
    return rankPartners(self, candidates, vocabulary.terrain(), { k: first }).flatMap((overlap) =>
      describe(overlap, self, others, vocabulary),
    );
  }
}

/** The overlap with the stored footprint as its second side. */
function describe(
  overlap: Overlap,
  self: ReleasableFootprint,
  others: ReadonlyMap<string, ReleasableFootprint>,
  vocabulary: Vocabulary,
): OverlapContent[] {
  const other = others.get(overlap.a === self.id ? overlap.b : overlap.a);
  if (other === undefined) return [];
  return [describeOverlap('own', overlap, self, other, vocabulary)];
}

/** What the footprints that one with these cells could meet release to the viewer. One statement. */
async function readReleasedMetBy(em: EntityManager, cells: readonly CellRow[]): Promise<ReleasableFootprint[]> {
  const { rows } = await sql<{ released: FootprintRow }>`
    select released from app.released_met_by(${JSON.stringify(cells)}::jsonb) as released`.execute(em.getKysely());
  return rows.flatMap(({ released }) => toFootprint(released) ?? []);
}

interface Owner {
  readonly id: string;
  readonly kind: string;
}

interface Home extends StatedFootprint {
  readonly id: string;
  readonly places: readonly string[];
  readonly statedCorridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  /** Its owner and partners. */
  readonly members: readonly string[];
}

async function readOwner({ em, viewer }: Work, id: string | null): Promise<Owner> {
  if (id === null) throw new BadRequest('input.owner: This key acts for no actor: say whose it would be.');
  if (id !== viewer.actorId && !mayCurate(viewer))
    throw new BadRequest('input.owner: Only coordinators may look on behalf of another actor.');
  const { rows } = await sql<Owner>`select id, kind from actor where id = ${id} and merged_into_id is null`.execute(
    em.getKysely(),
  );
  return rows[0] ?? missing('owner', id);
}

async function readProgramme(em: EntityManager, id: string): Promise<Home> {
  const { rows } = await sql<Home>`
    select id, places, stated_corridors as "statedCorridors", audiences, themes, channels, languages,
      owner_id || array(select actor_id from programme_partner where programme_id = programme.id) as members
    from programme where id = ${id} and withdrawn_at is null`.execute(em.getKysely());
  return rows[0] ?? missing('programme', id);
}

function toRecord(
  owner: Owner,
  programme: Home | null,
  stated: StatedFootprint,
  days: { readonly start: string; readonly end?: string | null | undefined } | null,
  vocabulary: Vocabulary,
): RegistryRow {
  const facets = inherit(stated, programme && toFacets(programme), vocabulary);
  const dayOf = (text: string | null | undefined): number | null => (text ? parseCalendarDate(text) : null);
  return {
    ...facets,
    id: UNREGISTERED,
    kind: 'campaign',
    ownerId: owner.id,
    ownerKind: owner.kind,
    ownerVerified: true,
    ancestors: programme ? [programme.id] : [],
    stopped: false,
    onlyDays: false,
    tentative: false,
    committed: false,
    partners: programme?.members ?? [],
    firstDay: dayOf(days?.start),
    lastDay: dayOf(days?.end),
    deters: [],
    protects: [],
    facts: [],
    matching: 'full',
    placePrecision: 'exact',
    shown: 'members',
    ownerMarks: [],
    excludes: [],
  };
}

function missing(field: string, id: string): never {
  throw new BadRequest(`input.${field}: There is no record ${id}.`);
}

function refusal(issues: readonly Issue[]): BadRequest {
  return new BadRequest(issues.map(({ path, message }) => `${path}: ${message}`).join(' '));
}
