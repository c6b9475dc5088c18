import { format } from 'prettier';
import type { Changeset } from './changesets.ts';
import type { ContractChange } from './contract-changes.ts';
import type { ReleaseKind } from './release-kind.ts';

/** What is to be told of one release. */
export interface Release {
  readonly version: string;
  readonly changesets: readonly Changeset[];
  readonly changes: readonly ContractChange[];
}

const HEADINGS: readonly (readonly [ReleaseKind, string])[] = [
  ['major', 'What you must change'],
  ['minor', 'New'],
  ['patch', 'Mended'],
];

/** A changelog with one release more, above the others. */
export async function withSection(changelog: string, release: Release): Promise<string> {
  const [title = '', ...older] = changelog.split(/^(?=## )/m);
  return format([title, sectionOf(release), ...older].join('\n'), { parser: 'markdown', printWidth: 120 });
}

function sectionOf({ version, changesets, changes }: Release): string {
  const told = HEADINGS.map(([kind, heading]) => {
    const summaries = changesets.filter((changeset) => changeset.kind === kind).map(({ summary }) => summary);
    return listed(heading, summaries);
  });
  const differing = changes.filter(({ kind }) => kind !== 'patch');
  const described = changes.length - differing.length;
  const contract = [
    ...differing.map(({ kind, message }) => `${kind === 'major' ? '**Breaks:** ' : ''}${message}.`),
    ...(described > 0
      ? [`${String(described)} ${described === 1 ? 'description says' : 'descriptions say'} it in other words.`]
      : []),
  ];
  return [`## ${version}\n`, ...told, listed('The contract', contract)].join('\n');
}

function listed(heading: string, items: readonly string[]): string {
  const indented = items.map((item) => `- ${item.trim().replaceAll('\n', '\n  ')}\n`);
  return items.length === 0 ? '' : `### ${heading}\n\n${indented.join('')}`;
}
