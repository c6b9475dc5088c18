import { RULES } from './rules.ts';

/** What people made of suggestions of one kind in one place. */
export interface Feedback {
  readonly dismissed: number;
  readonly agreed: number;
}

/**
 * By how much suggestions like those are ranked higher or lower for it: 1 where nothing is known, within bounds whatever is. The share of
 * those agreed on, smoothed by as many imagined cases either way (Laplace), laid over the bounds.
 */
export function rankingFactor({ dismissed, agreed }: Feedback): number {
  const { least, most, imagined } = RULES.feedback;
  const share = (agreed + imagined) / (agreed + dismissed + 2 * imagined);
  return least + (most - least) * share;
}
