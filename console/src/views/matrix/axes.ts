import type { Matrix } from '@concord/client-sdk';

/** By what records can be laid out; as the hub has it. */
export const AXES = [
  'COUNTRY',
  'CORRIDOR',
  'ACTOR',
  'ACTOR_KIND',
  'THEME',
  'AUDIENCE',
  'CHANNEL',
  'LANGUAGE',
  'MONTH',
  'QUARTER',
] as const;
export type Axis = (typeof AXES)[number];

/** What can be counted in a cell. */
export const COUNTS = ['actors', 'programmes', 'campaigns', 'entries'] as const;
export type Count = (typeof COUNTS)[number];

export type Counts = Matrix['total'];

/** How dark a cell is, 1 to 5; none where nothing is. `most` is the greatest number of all cells. */
export function shadeOf(number: number, most: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (number === 0) return 0;
  if (most === 1) return 2;
  return (1 + Math.round((4 * (number - 1)) / (most - 1))) as 1 | 2 | 3 | 4 | 5;
}
