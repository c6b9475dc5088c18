// Breaks the dependency rule on purpose: `npm run check:boundaries` must refuse it, or the rule is asleep.
import { systemClock } from '../../../platform/clock.ts';

export const now = (): number => systemClock.now();
