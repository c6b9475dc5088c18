// A process that reads what never ends, apart; the file to which its reader writes is its argument.
import { readApart } from '../../../core/imports/read-apart.ts';
import type { Doing } from './reader-doings.ts';

const spin: Doing = { kind: 'spin', file: process.argv[2] ?? '' };
await readApart(new URL('./reader-doings.ts', import.meta.url), spin, 'file.csv').next();
