/**
 * Likeness, and how often the nearest name that is so alike is the one meant. Measured on the names of the IATI registry, half of them known to the
 * hub, changed as people change them, among as many names of others, half of these near misses; see docs/decisions/0035 and
 * tests/core/name-calibration.test.ts, which measures it anew. By these alone nobody is surer than `SPELLING`.
 */
const KNOTS: readonly (readonly [likeness: number, confidence: number])[] = [
  [0, 0],
  [0.5, 0.02],
  [0.65, 0.05],
  [0.75, 0.1],
  [0.85, 0.15],
  [0.92, 0.19],
  [0.935, 0.28],
  [0.945, 0.44],
  [0.955, 0.7],
  [0.965, 0.94],
  [0.972, 0.97],
  [1, 0.979],
];

/** The confidence of a likeness, straight between the knots. */
export function confidenceOf(likeness: number): number {
  const above = KNOTS.findIndex(([at]) => at >= likeness);
  const [highAt, high] = KNOTS[above] ?? [1, 1];
  const [lowAt, low] = KNOTS[above - 1] ?? [0, 0];
  return highAt === lowAt ? high : low + ((high - low) * (likeness - lowAt)) / (highAt - lowAt);
}
