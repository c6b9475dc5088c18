import type { Corridor } from '@concord/client-sdk';

type Role = Corridor['legs'][number]['role'];

/** From where to where people travel on a corridor: into its first country of transit, through them, and on from the last. */
export function arcsOf({ legs }: Corridor): readonly (readonly [from: string, to: string])[] {
  const of = (role: Role): readonly string[] =>
    legs.filter((leg) => leg.role === role).map(({ country }) => country.code);
  const [origins, transits, destinations] = [of('ORIGIN'), of('TRANSIT'), of('DESTINATION')];
  const [first, last] = [transits[0], transits.at(-1)];
  const pairs =
    first === undefined || last === undefined
      ? origins.flatMap((from) => destinations.map((to) => [from, to] as const))
      : [
          ...origins.map((from) => [from, first] as const),
          ...transits.slice(1).map((to, index) => [transits[index] ?? first, to] as const),
          ...destinations.map((to) => [last, to] as const),
        ];
  return pairs.filter(([from, to]) => from !== to);
}

/** A line that bends to its left, so that there and back are two. */
export function bend([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  const middle = [(x1 + x2) / 2 + (y2 - y1) * 0.18, (y1 + y2) / 2 - (x2 - x1) * 0.18] as const;
  return `M${round(x1)},${round(y1)}Q${round(middle[0])},${round(middle[1])} ${round(x2)},${round(y2)}`;
}

const round = (value: number): string => value.toFixed(1);
