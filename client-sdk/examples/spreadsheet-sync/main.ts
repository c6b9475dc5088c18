import { readFile } from 'node:fs/promises';
import { Concord } from '@concord/client-sdk';
import { syncSheet } from './sync.ts';

const { CONCORD_URL: url = 'http://127.0.0.1:4000', CONCORD_API_KEY: apiKey = '' } = process.env;
const [file = 'programmes.csv'] = process.argv.slice(2);
const sheet = await readFile(file, 'utf8');
const { written, unchanged, refused, missing } = await syncSheet(new Concord({ url, apiKey }), sheet);

for (const { name, version } of written) console.log(`${version === 1 ? 'registered' : 'revised'}: ${name}`);
console.log(`unchanged: ${String(unchanged)}`);
for (const { name } of missing) console.log(`not in the sheet any more: ${name}`);
for (const { row, why } of refused) console.error(`${file} row ${String(row)}: ${why}`);
if (refused.length > 0) process.exitCode = 1;
