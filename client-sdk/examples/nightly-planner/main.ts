import { readFile } from 'node:fs/promises';
import { Concord } from '@concord/client-sdk';
import type { Draft } from './draft.ts';
import { planTonight } from './planner.ts';

const { CONCORD_URL: url = 'http://127.0.0.1:4000', CONCORD_API_KEY: apiKey = '' } = process.env;
const [file = 'draft.json'] = process.argv.slice(2);
const draft = JSON.parse(await readFile(file, 'utf8')) as Draft;
const { partners, dates, toDecide, started } = await planTonight(new Concord({ url, apiKey }), draft);

console.log(`${draft.name} would meet:`);
for (const { who, strength, why } of partners) console.log(`  ${strength.toFixed(2)} ${who}: ${why}`);
console.log('It could run:');
for (const { start, end, why } of dates) console.log(`  ${start} to ${end}: ${why}`);
console.log('To decide, by somebody who may:');
for (const { id, title } of toDecide) console.log(`  ${title} (${id})`);
for (const { id, name, window } of started) console.log(`Begun: ${name} from ${window.start} (${id})`);
