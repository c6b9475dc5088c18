import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { HUB_VIEWER } from '../core/access/viewer.ts';
import { IatiLoader } from '../core/imports/iati/iati-loader.ts';
import { sayLoad } from '../core/imports/iati/say-load.ts';
import { PlainError, messageOf } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { openHub } from './open-hub.ts';
import { progressBar } from './progress-bar.ts';

interface Options {
  readonly json?: true;
  readonly dryRun?: true;
  /** False with --pending. */
  readonly pending?: true;
}

const NEXT = `
To see what they meet: npm start, then the address it prints with /graphiql:
  { programmes(filter: { search: "…" }) { nodes { name owner { name } footprint { themes { label } } } } }
`;

/** `npm run load -- FILE`: exit code 0 when every activity of the file is accounted for, 1 when the file could not be loaded. */
await runMain(async () => {
  const command = new Command('load')
    .description(
      'Loads an IATI 2.0x activity file: publishers and partners become actors, activities become programmes.',
    )
    .argument('<file>', 'the activity file (XML)')
    .option('--json', 'the whole report as JSON, every activity in it, instead of a summary')
    .option('--dry-run', 'say what would happen, and write nothing')
    .option(
      '--pending',
      'leave new publishers unverified; until a coordinator verifies them, their programmes match nothing',
    )
    .addHelpText('after', '\nLoading a file again changes only what the file says otherwise than before.')
    .parse();
  const [path = ''] = command.args;
  const { json = false, dryRun = false, pending = false } = command.opts<Options>();
  // npm changes to the project's folder; people name files from where they are.
  const file = resolve(process.env['INIT_CWD'] ?? '.', path);
  await refuseMissing(file);
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      interrupted.abort(new PlainError('Interrupted. What was loaded stays; load the file again to finish.'));
    });
  }
  const hub = await openHub();
  try {
    const bar = progressBar(`Loading ${basename(file)}`);
    const report = await new IatiLoader(hub.services)
      .load(
        HUB_VIEWER,
        { name: basename(file), open: () => readFile(file) },
        { verify: !pending, dryRun, signal: interrupted.signal, onProgress: bar.show },
      )
      .finally(bar.end);
    if (!dryRun) {
      process.stderr.write('Matching what was loaded …\n');
      await Promise.race([hub.quiet(), rejectionBy(interrupted.signal)]);
    }
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${sayLoad(report)}${dryRun ? '' : NEXT}`);
  } finally {
    await hub.close();
  }
});

/** Rejects with the signal's reason as soon as it is aborted, and never resolves. */
function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const refuse = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
    };
    if (signal.aborted) refuse();
    else signal.addEventListener('abort', refuse, { once: true });
  });
}

/** @throws PlainError when there is no such file, before anything is started for it. */
async function refuseMissing(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new PlainError(`${path} cannot be read: there is no such file.`);
  if (!found.isFile()) throw new PlainError(`${path} cannot be read: it is no file.`);
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw new PlainError(`${path} cannot be read: ${messageOf(error)}.`);
  }
}
