import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { HUB_VIEWER } from '../core/access/viewer.ts';
import { type PlaceTableReport, loadPlaceTable } from '../core/vocabulary/place-table.ts';
import { VocabularyService } from '../core/vocabulary/vocabulary.service.ts';
import { PlainError, messageOf } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { openHub } from './open-hub.ts';

/** Refusals shown in full; the report as JSON has all. */
const SHOWN = 20;

/** `npm run load:places -- FILE`: exit code 0 when every row was taken, 1 when some were refused or the file could not be read. */
await runMain(async () => {
  const command = new Command('load:places')
    .description(
      'Loads a table of P-codes (CSV with the columns pcode, name, within and, if there are some, aliases), so that files may name places by these.',
    )
    .argument('<file>', 'the table (CSV)')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      '\nLoading a table again changes only what it says otherwise than before; nothing is deleted.',
    )
    .parse();
  const [path = ''] = command.args;
  // npm changes to the project's folder; people name files from where they are.
  const file = resolve(process.env['INIT_CWD'] ?? '.', path);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new PlainError(`${file} cannot be read: ${messageOf(error)}.`);
  });
  const hub = await openHub();
  try {
    const report = await hub.workerUnitOfWork.run(HUB_VIEWER, (work) =>
      loadPlaceTable(work, new VocabularyService(), text),
    );
    process.stdout.write(
      command.opts<{ json?: true }>().json ? `${JSON.stringify(report, null, 2)}\n` : say(basename(file), report),
    );
    if (report.refused.length > 0) process.exitCode = 1;
  } finally {
    await hub.close();
  }
});

function say(name: string, { created, changed, unchanged, refused }: PlaceTableReport): string {
  const lines = refused.slice(0, SHOWN).map(({ line, pcode, reason }) => `  line ${String(line)} ${pcode}: ${reason}`);
  const left = refused.length - lines.length;
  return [
    `${name}: ${String(created)} places created, ${String(changed)} changed, ${String(unchanged)} unchanged, ${String(refused.length)} refused`,
    ...lines,
    ...(left > 0 ? [`  and ${String(left)} more; --json lists all`] : []),
    '',
  ].join('\n');
}
