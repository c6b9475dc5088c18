import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { format, resolveConfig } from 'prettier';

const FILE = new URL('RESULTS.md', import.meta.url);
const HEAD = '# Results\n\nWritten by `npm run bench`; each section by the command it names.\n';

/** Puts a section into the results, in the place of an earlier one of the same title. */
export async function writeResults(title: string, command: string, table: string): Promise<void> {
  const before = await readFile(FILE, 'utf8').catch(() => HEAD);
  const [head = HEAD, ...sections] = before.split(/^(?=## )/m);
  const others = sections.filter((section) => !section.startsWith(`## ${title}\n`));
  const section = `## ${title}\n\n\`${command}\`\n\n${machine()}\n\n${table}\n`;
  const all = [...others.map((other) => other.trimEnd() + '\n'), section].toSorted();
  const text = [head.trimEnd() + '\n', ...all].join('\n');
  await writeFile(FILE, await format(text, { ...(await resolveConfig(FILE)), parser: 'markdown' }));
}

/** On what, with what and when. */
function machine(): string {
  const [cpu] = cpus();
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GB`;
  const day = new Date().toISOString().slice(0, 10);
  return `${cpu?.model ?? 'an unknown processor'}, ${String(availableParallelism())} cores, ${memory}; Node ${process.versions.node}; ${day}.`;
}
