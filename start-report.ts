import { HUB_VIEWER } from './core/access/viewer.ts';
import type { Reads } from './core/projection/reads.ts';
import { type Selection, select } from './core/projection/selection.ts';

export interface StartFacts {
  readonly url: string;
  readonly tookMs: number;
  /** Null on a hub without demo keys. */
  readonly keys: Readonly<Record<string, string>> | null;
  readonly keysFile: string;
}

const WHAT_A_KEY_IS_FOR: Readonly<Record<string, string>> = {
  coordinator: 'Regional Support Office: vets, and sees all that is not restricted',
  ngo: 'officer of an example NGO',
  state: 'planner of a member state',
  diaspora: 'editor of an example diaspora association',
  observer: 'reads only',
};

/** What a newcomer should know once the hub is up, in at most 25 lines that can be read aloud. */
export async function startReport(reads: Reads, facts: StartFacts): Promise<string> {
  const [actors, programmes, campaigns, entries, overlaps] = await Promise.all(
    ['Actor', 'Programme', 'Campaign', 'CalendarEntry', 'Overlap'].map((type) => countOf(reads, type)),
  );
  const suggestions = await countOf(reads, 'Suggestion', { statuses: ['OPEN'] });
  const best = await bestSuggestions(reads);
  const lines = [
    `Concord is ready after ${(facts.tookMs / 1000).toFixed(1)} s at ${facts.url}`,
    '',
    `  ${String(actors)} actors, ${String(programmes)} programmes, ${String(campaigns)} campaigns, ${String(entries)} calendar entries`,
    `  ${String(overlaps)} overlaps found, ${String(suggestions)} suggestions proposed`,
    ...(facts.keys ? ['  A demo: dates and everything called "Example …" are illustrative.'] : []),
    '',
    ...(best.length > 0
      ? ['Best multi-country suggestions:', ...best.map((sentence, i) => `  ${String(i + 1)}. ${sentence}`), '']
      : []),
    ...(facts.keys ? keyLines(facts.keys, facts.keysFile) : ['No demo keys here.', '']),
    `Look around:  ${facts.url}   (and ask by GraphQL at ${facts.url}/graphiql, with a key in its Headers tab)`,
    'Ctrl-C ends it; what was entered stays.',
  ];
  return `${lines.join('\n')}\n`;
}

function keyLines(keys: Readonly<Record<string, string>>, file: string): string[] {
  const rows = Object.entries(keys).map(
    ([name, key]) => `  ${name.padEnd(12)}${key}   ${WHAT_A_KEY_IS_FOR[name] ?? ''}`,
  );
  return [`Demo keys, also in ${file}:`, ...rows, ''];
}

async function countOf(reads: Reads, type: string, filter: Record<string, unknown> = {}): Promise<number> {
  const answer = await reads.connection(HUB_VIEWER, type, select('list', ['totalCount'], { filter }));
  return Number(property(answer, 'totalCount'));
}

async function bestSuggestions(reads: Reads): Promise<string[]> {
  const nodes: Selection = select('nodes', ['explanation']);
  const filter = { kinds: ['JOINT_CAMPAIGN'], statuses: ['OPEN'] };
  const answer = property(
    await reads.connection(HUB_VIEWER, 'Suggestion', select('list', [nodes], { first: 3, filter })),
    'nodes',
  );
  return Array.isArray(answer) ? answer.map((node) => String(property(node, 'explanation'))) : [];
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
