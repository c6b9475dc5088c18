import { afterAll, beforeAll, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { storedFootprints } from '../../core/footprints/footprint.service.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import { sayReport } from '../../core/reconcile/report.ts';
import { type ReconcileReport, ReconcileService } from '../../core/reconcile/reconcile.service.ts';
import { readHistory } from '../../core/suggestions/suggestion.rows.ts';
import { epochDay } from '../../engine/index.ts';
import { jointCampaigns } from '../engine/oracle/joint-campaigns.ts';
import { generatedWorld } from './generated-world.ts';
import { expectWhatTheDomainSays, releasedOf } from './overlap-worlds.ts';
import { type SuggestingWorld } from './suggesting.ts';

export const MINUTES = 60_000;

export function serviceOf({ worker: { vocabulary, footprints } }: SuggestingWorld): ReconcileService {
  return new ReconcileService(vocabulary, footprints);
}

export function reconcile(world: SuggestingWorld): Promise<ReconcileReport> {
  return world.worker.unitOfWork.look(HUB_VIEWER, (work) => serviceOf(world).compare(work));
}

/** What must hold in a generated world: nothing differs from a computation from nothing, nor from the oracles. */
export function holdsInWorld(
  seed: number,
  share: number,
  atLeast: { records: number; drafts: number; campaigns: number },
): void {
  let world: SuggestingWorld;

  beforeAll(async () => {
    world = await generatedWorld(seed, share);
  }, 5 * MINUTES);
  afterAll(() => world.close());

  /** All footprints, what is released of them as the engine sees it, and what else it knows. */
  async function stored() {
    const em = world.worker.orm.em.fork();
    const vocabulary = await world.worker.vocabulary.current(em);
    const placed = await storedFootprints(em);
    return { em, vocabulary, terrain: vocabulary.terrain(), placed, footprints: releasedOf(placed) };
  }

  test('what is stored is what the registry says', async () => {
    const report = await reconcile(world);
    expect(sayReport(report)).toContain('Everything stored is what the registry says.');
    expect(report).toMatchObject({
      footprints: { differences: [] },
      overlaps: { differences: [] },
      drafts: { differences: [] },
      gaps: { differences: [] },
      pending: 0,
    });
    expect(report.footprints.expected).toBeGreaterThanOrEqual(atLeast.records);
    expect(report.overlaps.expected).toBeGreaterThan(atLeast.records);
    expect(report.drafts.expected).toBeGreaterThan(atLeast.drafts);
    expect(report.gaps.expected).toBeGreaterThan(atLeast.drafts);
  });

  test(
    'the overlaps are those of comparing every pair',
    async () => {
      const { em, placed, terrain } = await stored();
      expectWhatTheDomainSays(placed, [...(await storedOverlaps(em)).values()], terrain);
    },
    5 * MINUTES,
  );

  test(
    'the joint campaigns of every corridor are those of looking at every day',
    async () => {
      const { em, footprints, terrain, vocabulary } = await stored();
      const asOf = world.clock.today();
      let found = 0;
      for (const corridor of terrain.corridors) {
        const history = await readHistory(em, `corridor:${corridor.code}`, epochDay(asOf));
        const suggested = history.flatMap(({ proposal }) => (proposal.kind === 'JOINT_CAMPAIGN' ? [proposal] : []));
        const bits = (facet: 'theme' | 'audience', codes: readonly string[]): number[] =>
          codes.map((code) => vocabulary.bitOf(facet, code));
        const shown = suggested.map(({ score: value, start_day, end_day, themes, audiences, participants }) => ({
          value,
          window: { start: start_day, end: end_day },
          themes: bits('theme', themes),
          audiences: bits('audience', audiences),
          participants: participants.map(
            ({ subject_id, country, role, lead }) =>
              `${subject_id}@${String(vocabulary.place(country)?.countryBit)} ${String(role)}${lead ? '*' : ''}`,
          ),
        }));
        const expected = jointCampaigns(corridor, footprints, terrain, asOf).map(({ strength: _, ...draft }) => draft);
        expect(sorted(shown)).toEqual(sorted(expected));
        found += shown.length;
      }
      expect(found).toBeGreaterThan(atLeast.campaigns);
    },
    5 * MINUTES,
  );
}

/** In an order that does not depend on where they come from. */
function sorted<T>(drafts: readonly T[]): T[] {
  return drafts
    .map((draft) => ({ draft, key: JSON.stringify(draft) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ draft }) => draft);
}
