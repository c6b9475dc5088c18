import { sql } from 'kysely';
import { z } from 'zod';
import { type Overlap, rankPartners } from '../../engine/index.ts';
import { chargeLook } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { buildFootprint } from '../footprints/build-footprint.ts';
import { footprintInput } from '../footprints/stated-footprint.ts';
import { forItsOwner, isLeftOut, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import { parse } from '../parse.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection } from '../projection/selection.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { describeOverlap } from './describe-overlap.ts';
import type { OverlapContent } from './overlap.rows.ts';
import { readOwner, readProgramme, readReleasedMetBy, refusal, toRecord } from './unregistered.ts';

const LARGEST_PAGE = 100;
const previewInput = z.object({
  footprint: footprintInput,
  owner: z.string().nullish(),
  programme: z.string().nullish(),
});
type PreviewInput = z.infer<typeof previewInput>;

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
    await chargeLook(this.unitOfWork, viewer);
    const found = await this.unitOfWork.look(viewer, (work) => this.find(work, parsed.value, first));
    if (found.length === 0) return [];
    return this.reads.value(viewer, (compiler) => {
      const row = compiler.row('overlap');
      const shown = compiler.object('OverlapPreview', row, selection);
      return sql`(select json_agg(${shown} order by ${row.column('strength')} desc, ${row.column('b_id')})
        from jsonb_populate_recordset(null::overlap, ${JSON.stringify(found)}::jsonb) as ${sql.ref(row.alias)})`;
    });
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
