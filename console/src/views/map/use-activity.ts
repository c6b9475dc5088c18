import type { Corridor, Gap } from '@concord/client-sdk';
import { hub } from '../../hub/hub.ts';
import { type Answer, useAnswer } from '../../hub/use-answer.ts';
import type { Quarter } from './quarters.ts';

/** What the hub tells this viewer of a country or corridor. */
export interface Activity {
  readonly actors: number;
  readonly programmes: number;
  readonly campaigns: number;
  readonly entries: number;
}
export interface Gaps {
  readonly count: number;
  /** Of the most pressing one, 0 to 1. */
  readonly highest: number;
}
export interface CorridorActivity {
  readonly corridor: Corridor;
  readonly activity: Activity | null;
  /** At least three others work there, whoever they are. */
  readonly hasOthers: boolean;
  readonly gaps: Gaps | null;
}
export interface Told {
  readonly countries: ReadonlyMap<string, Activity>;
  readonly gaps: ReadonlyMap<string, Gaps>;
  readonly corridors: readonly CorridorActivity[];
}

const MOST_GAPS = 100;

/** Who works where in a quarter, and what nobody answers, as far as the hub tells it. */
export function useActivity(at: Quarter): Answer<Told> & { readonly again: () => void } {
  return useAnswer(
    async (signal) => {
      const asked = { filter: { between: at.days }, signal };
      const [byCountry, byCorridor, presence, corridors] = await Promise.all([
        hub.whoDoesWhatWhere('COUNTRY', 'QUARTER', asked),
        hub.whoDoesWhatWhere('CORRIDOR', 'QUARTER', asked),
        hub.presence(undefined, { signal }),
        hub.corridors({ signal }),
      ]);
      const gaps = await Promise.all(
        corridors.map(async ({ code }) => {
          const filter = { corridor: code, quarter: { year: at.year, quarter: at.quarter } };
          return (await hub.gaps(filter, { first: MOST_GAPS, signal }).page()).nodes;
        }),
      );
      const onCorridors = counted(byCorridor, at);
      const isCrowded = new Set(
        presence
          .filter(({ quarter }) => quarter.year === at.year && quarter.quarter === at.quarter)
          .map(({ corridor }) => corridor.code),
      );
      return {
        countries: counted(byCountry, at),
        gaps: gapsByCountry(gaps.flat()),
        corridors: corridors.map((corridor, index) => ({
          corridor,
          activity: onCorridors.get(corridor.code) ?? null,
          hasOthers: isCrowded.has(corridor.code),
          gaps: summed(gaps[index] ?? []),
        })),
      };
    },
    [at.code],
  );
}

function counted(
  { cells }: { readonly cells: readonly (Activity & { readonly row: string; readonly column: string })[] },
  { code }: Quarter,
): ReadonlyMap<string, Activity> {
  return new Map(cells.filter(({ column }) => column === code).map((cell) => [cell.row, cell]));
}

function gapsByCountry(gaps: readonly Gap[]): ReadonlyMap<string, Gaps> {
  const byCountry = Map.groupBy(
    gaps.flatMap((gap) => gap.countries.map(({ code }) => ({ code, gap }))),
    ({ code }) => code,
  );
  return new Map(
    [...byCountry].flatMap(([code, list]) => {
      const sum = summed(list.map(({ gap }) => gap));
      return sum ? [[code, sum] as const] : [];
    }),
  );
}

function summed(gaps: readonly Gap[]): Gaps | null {
  return gaps.length === 0 ? null : { count: gaps.length, highest: Math.max(...gaps.map(({ score }) => score)) };
}
