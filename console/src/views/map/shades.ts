const STEPS = 5;

/** A share in five steps; 0: nothing. */
export const stepOfShare = (share: number): number => (share === 0 ? 0 : Math.max(1, Math.ceil(share * STEPS)));

/** Counts in five steps, each as wide in square roots: few and many are told apart, and so are none and one. */
export function shadesOf(counts: Iterable<number>): (count: number) => number {
  const most = Math.max(1, ...counts);
  return (count) => stepOfShare(Math.sqrt(count / most));
}
