import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { emitSchema } from '../server/emit-schema.ts';

/** `npm run schema` writes the contract; with `--check` it only tells whether the committed one is true. */
await runMain(async () => {
  const file = join(process.cwd(), 'schema', 'schema.graphql');
  const text = await emitSchema();
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
    return;
  }
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    throw new PlainError(
      'schema/schema.graphql is not what the code says: run `npm run schema` and commit the result.',
    );
  }
});
