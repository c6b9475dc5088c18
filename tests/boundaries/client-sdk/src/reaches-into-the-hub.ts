// Breaks two dependency rules on purpose: the client has nothing of the hub, and no package.
import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../../platform/clock.ts';

export const broken = [readFile, systemClock] as const;
