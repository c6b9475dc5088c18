import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseChangesetFile } from '@changesets/parse';
import type { ContractChange } from './contract-changes.ts';
import type { ReleaseKind } from './release-kind.ts';

/** What a person says of a change, for whoever builds on the client. */
export interface Changeset {
  readonly file: string;
  readonly kind: ReleaseKind;
  /** Markdown. */
  readonly summary: string;
}

const PACKAGE = '@concord/client-sdk';

/** All that wait for a release, by name of the file. @throws naming the file when one cannot be understood */
export async function readChangesets(folder: string): Promise<Changeset[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      return changesetIn(file, await readFile(file, 'utf8'));
    }),
  );
}

/** @throws naming the file when it does not say of the client's package what kind of release it needs, or says nothing else */
export function changesetIn(file: string, text: string): Changeset {
  const { releases, summary } = parsed(file, text);
  const [release, ...others] = releases;
  if (release?.name !== PACKAGE || others.length > 0 || release.type === 'none') {
    throw new Error(`${file} must say \`'${PACKAGE}': major\`, minor or patch, between two lines of ---`);
  }
  if (summary === '') throw new Error(`${file} does not say what changes for whoever builds on the client`);
  return { file, kind: release.type, summary };
}

function parsed(file: string, text: string): ReturnType<typeof parseChangesetFile> {
  try {
    return parseChangesetFile(text);
  } catch (cause) {
    throw new Error(`${file} is no changeset: ${String(cause)}`, { cause });
  }
}

/** What breaks without a major changeset that names where it does. */
export function unexplained(changes: readonly ContractChange[], changesets: readonly Changeset[]): ContractChange[] {
  const said = changesets.filter(({ kind }) => kind === 'major').map(({ summary }) => summary);
  return changes.filter(({ kind, path }) => kind === 'major' && !said.some((text) => names(text, path)));
}

/** Whole paths only: who names `Programme.name` has not named `Programme.nameOf`. */
function names(text: string, path: string | null): boolean {
  return path === null || text.split(/[^\w.@]+|\.(?=\W|$)/).includes(path);
}
