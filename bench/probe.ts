import { benchImports } from './imports/run-probe.ts';
import { Report } from './report.ts';
await benchImports({ rows: 20000, seed: 7 }, new Report());
