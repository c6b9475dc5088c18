/** What a release asks of whoever builds on the client: to change something, nothing, or not even to look. */
export type ReleaseKind = 'major' | 'minor' | 'patch';

const BY_WEIGHT: readonly ReleaseKind[] = ['patch', 'minor', 'major'];

/** The weightiest. Null: of none. */
export function weightiest(kinds: readonly ReleaseKind[]): ReleaseKind | null {
  return BY_WEIGHT.findLast((kind) => kinds.includes(kind)) ?? null;
}

/** The version after `version` (`1.2.3`). @throws when that is not three numbers */
export function nextVersion(version: string, kind: ReleaseKind): string {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (major === undefined) throw new Error(`a version is three numbers, not "${version}"`);
  if (kind === 'major') return `${String(Number(major) + 1)}.0.0`;
  if (kind === 'minor') return `${major}.${String(Number(minor) + 1)}.0`;
  return `${major}.${String(minor)}.${String(Number(patch) + 1)}`;
}
