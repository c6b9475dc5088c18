import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection, select } from '../projection/selection.ts';
import type { Viewer } from '../access/viewer.ts';

/** What guidance may be asked for, as people call it. */
export type SubjectKind = 'actor' | 'programme' | 'campaign' | 'calendar entry' | 'suggestion';

/** The codes by which a subject is described, as a viewer may know them. */
export interface DescribedSubject {
  readonly kind: SubjectKind;
  readonly codes: Readonly<Record<DescribedBy, readonly string[]>>;
}

const DESCRIBED_BY = [
  'phase',
  'objectiveLevel',
  'audience',
  'theme',
  'channel',
  'language',
  'actorKind',
  'corridor',
  'country',
] as const;
type DescribedBy = (typeof DESCRIBED_BY)[number];

/** More records of one actor would not make its guidance better. */
const RECORDS_OF_AN_ACTOR = 100;

/** A field that describes; its values are collected wherever in the answer they stand. */
const by = (key: DescribedBy, field: string): Selection => ({
  ...select(field, key === 'language' && field === 'languages' ? [] : ['code']),
  key,
});
const FOOTPRINT = select('footprint', [
  by('audience', 'audiences'),
  by('theme', 'themes'),
  by('channel', 'channels'),
  by('language', 'languages'),
  by('corridor', 'corridors'),
  select('places', [by('country', 'country')]),
]);
const OWNER = select('owner', [by('actorKind', 'kind')]);
const STAGE = [by('phase', 'phase'), by('objectiveLevel', 'objectiveLevel')];
const underWay = (statuses: readonly string[]) => ({ first: RECORDS_OF_AN_ACTOR, filter: { statuses } });

const SUBJECTS: Readonly<Record<string, { readonly kind: SubjectKind; readonly fields: readonly Selection[] }>> = {
  cmp: { kind: 'campaign', fields: [FOOTPRINT, OWNER, ...STAGE] },
  prg: { kind: 'programme', fields: [FOOTPRINT, OWNER] },
  ent: { kind: 'calendar entry', fields: [FOOTPRINT, OWNER, select('campaign', STAGE)] },
  act: {
    kind: 'actor',
    fields: [
      by('actorKind', 'kind'),
      by('country', 'basedIn'),
      by('country', 'communityOf'),
      select('programmes', [select('nodes', [FOOTPRINT])], underWay(['active', 'planned', 'undated'])),
      select('campaigns', [select('nodes', [FOOTPRINT, ...STAGE])], underWay(['active', 'planned', 'undated'])),
    ],
  },
  sug: {
    kind: 'suggestion',
    fields: [
      by('audience', 'audiences'),
      by('theme', 'themes'),
      by('corridor', 'corridor'),
      by('country', 'countries'),
      select('participants', [select('subject', [FOOTPRINT])]),
    ],
  },
};

/**
 * What a viewer may know of a subject, by its id; one statement. It is read as the subject itself would be, so that guidance says
 * nothing of it that its reader could not see, and reading what is restricted is noted.
 * @throws {BadRequest} when there is none, or the viewer may not see it, or it is nothing that guidance is given for
 */
export async function describeSubject(reads: Reads, viewer: Viewer, id: string): Promise<DescribedSubject> {
  const subject = SUBJECTS[id.slice(0, id.indexOf('_'))];
  const answer = subject && (await reads.node(viewer, id, select('for', subject.fields)));
  if (!subject || (answer ?? null) === null)
    throw new BadRequest(`for: There is no record ${id} to give guidance for.`);
  const found = new Map<DescribedBy, Set<string>>();
  collect(answer, found);
  // Nothing of it is done yet.
  if (subject.kind === 'suggestion') found.set('phase', new Set(['concept']));
  const codesOf = (key: DescribedBy): string[] => [...(found.get(key) ?? [])].sort();
  return {
    kind: subject.kind,
    codes: {
      phase: codesOf('phase'),
      objectiveLevel: codesOf('objectiveLevel'),
      audience: codesOf('audience'),
      theme: codesOf('theme'),
      channel: codesOf('channel'),
      language: codesOf('language'),
      actorKind: codesOf('actorKind'),
      corridor: codesOf('corridor'),
      country: codesOf('country'),
    },
  };
}

const isDescribing = (key: string): key is DescribedBy => DESCRIBED_BY.some((name) => name === key);

function collect(value: unknown, found: Map<DescribedBy, Set<string>>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (!isDescribing(key)) {
      collect(part, found);
      continue;
    }
    const codes = [part].flat().map((one: unknown) => (isCoded(one) ? one.code : one));
    const set = found.get(key) ?? new Set<string>();
    for (const code of codes) if (typeof code === 'string') set.add(code);
    found.set(key, set);
  }
}

function isCoded(value: unknown): value is { readonly code: unknown } {
  return typeof value === 'object' && value !== null && 'code' in value;
}
