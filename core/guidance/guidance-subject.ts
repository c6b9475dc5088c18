import { type CountryRole, type GuidanceSubject, type Leg, facetSet } from '../../engine/index.ts';
import type { Reads } from '../projection/reads.ts';
import { BadRequest, type Selection, select } from '../projection/selection.ts';
import type { Viewer } from '../access/viewer.ts';
import type { TermKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

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

/** The roles in the order of travel: a role's bit is its position. */
export const ROLES: readonly CountryRole[] = ['origin', 'transit', 'destination', 'return'];

/** To which step of the handbook each phase of a campaign belongs. */
const STEP_OF_PHASE: Readonly<Record<string, string>> = {
  concept: 'getting_started',
  situation_analysis: 'getting_started',
  formative_research: 'audience',
  objectives: 'objectives',
  audience_segmentation: 'audience',
  message_design: 'developing_messages',
  pre_testing: 'developing_messages',
  channel_plan: 'disseminating_messages',
  approval: 'disseminating_messages',
  implementation: 'disseminating_messages',
  monitoring: 'monitoring',
  evaluation: 'monitoring',
  learning_published: 'monitoring',
};

/** A described subject as the engine sees it. */
export function toSubject({ codes }: DescribedSubject, vocabulary: Vocabulary): GuidanceSubject {
  const set = (kind: TermKind, of: readonly string[]) =>
    vocabulary.toFacetSet(
      kind,
      of.filter((code) => kind === 'language' || vocabulary.term(kind, code)),
    );
  const themes = codes.theme.flatMap((code) => [code, vocabulary.term('theme', code)?.broader ?? code]);
  const steps = new Set(codes.phase.flatMap((phase) => STEP_OF_PHASE[phase] ?? []));
  const [step] = steps;
  return {
    scope: {
      phase: set('phase', codes.phase),
      objectiveLevel: set('objective_level', codes.objectiveLevel),
      audience: set('audience', codes.audience),
      theme: set('theme', themes),
      channel: set('channel', codes.channel),
      language: set('language', codes.language),
      actorKind: set('actor_kind', codes.actorKind),
      role: facetSet(rolesOf(codes.country, codes.corridor, vocabulary).map((role) => ROLES.indexOf(role))),
    },
    stepAtHand: step !== undefined && steps.size === 1 ? stepNumber(vocabulary, step) : null,
  };
}

/** The position of a step in the handbook; a step that is none comes last. */
export function stepNumber(vocabulary: Vocabulary, step: string): number {
  const steps = vocabulary.termsOf('handbook_step').map(({ code }) => code);
  const position = steps.indexOf(step);
  return position < 0 ? steps.length : position;
}

/** What the countries are on the corridors, or, where that says nothing, on any corridor. */
function rolesOf(countries: readonly string[], corridors: readonly string[], vocabulary: Vocabulary): CountryRole[] {
  const numbers = new Set(vocabulary.toPlaces(countries).map(({ country }) => country));
  const here = ({ country }: Leg): boolean => numbers.has(country);
  const all = vocabulary.terrain().corridors;
  const own = all.filter(({ code }) => corridors.includes(code)).flatMap(({ legs }) => legs.filter(here));
  const legs = own.length > 0 ? own : all.flatMap((corridor) => corridor.legs.filter(here));
  return [...new Set(legs.map(({ role }) => role))];
}
