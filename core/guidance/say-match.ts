import type { GuidanceFacet } from '../../engine/index.ts';
import { inside, list } from '../suggestions/phrases.ts';
import type { TermKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { SubjectKind } from './describe-subject.ts';

export const TERM_KINDS_OF_FACETS: Readonly<Record<Exclude<GuidanceFacet, 'role'>, TermKind>> = {
  phase: 'phase',
  audience: 'audience',
  channel: 'channel',
  language: 'language',
  theme: 'theme',
  actorKind: 'actor_kind',
  objectiveLevel: 'objective_level',
};

/** The codes that a section and its subject have in common, by facet. */
export type Shared = Partial<Readonly<Record<GuidanceFacet, readonly string[]>>>;

/**
 * What is shared, as a predicate of the subject: `is under way, speaks to young people through TikTok and is about people smuggling`.
 * In English; something is shared.
 */
export function sayMatch(shared: Shared, subject: SubjectKind, vocabulary: Vocabulary): string {
  return joined(clauses(shared, subject, vocabulary));
}

/** What phases are called in a sentence about a campaign; others are "in" it. */
const STAGES: Readonly<Record<string, string>> = {
  concept: 'is still an idea',
  objectives: 'is setting its objectives',
  audience_segmentation: 'is sorting out its audiences',
  channel_plan: 'is choosing its channels',
  approval: 'is waiting for approval',
  implementation: 'is under way',
  monitoring: 'is being monitored',
  evaluation: 'is being evaluated',
  learning_published: 'has published what it learnt',
};

/** One predicate for each thing to say, in the order of the facets. */
function clauses(shared: Shared, subject: SubjectKind, vocabulary: Vocabulary): string[] {
  const named = (facet: Exclude<GuidanceFacet, 'role'>): string | null => {
    const codes = shared[facet];
    return codes ? listed(codes.map((code) => nameOf(facet, code, vocabulary))) : null;
  };
  const [audience, channel, language, theme] = [named('audience'), named('channel'), named('language'), named('theme')];
  const kind = named('actorKind');
  const speech = [
    audience ? `speaks to ${audience}` : channel ? 'reaches people' : language ? 'speaks' : null,
    channel ? `through ${channel}` : null,
    language ? (audience || channel ? `in ${language}` : language) : null,
  ].filter((part) => part !== null);
  return [
    shared.phase ? sayPhase(shared.phase, subject, vocabulary) : null,
    speech.length > 0 ? speech.join(' ') : null,
    ...sayWork(theme, shared.role ? `in a country of ${list(shared.role)}` : null, subject),
    kind ? (subject === 'actor' ? `is ${kind}` : `is the work of ${kind}`) : null,
    shared.objectiveLevel
      ? `wants ${list(shared.objectiveLevel.map((code) => AIMS[code] ?? `to reach ${code}`))}`
      : null,
  ].filter((clause) => clause !== null);
}

function sayWork(theme: string | null, where: string | null, subject: SubjectKind): (string | null)[] {
  if (subject === 'actor' && theme) return [`works on ${theme}${where ? ` ${where}` : ''}`];
  return [theme ? `is about ${theme}` : null, where ? `works ${where}` : null];
}

function sayPhase(phases: readonly string[], subject: SubjectKind, vocabulary: Vocabulary): string {
  const stages = phases.map((code) => STAGES[code] ?? `is in ${inside(vocabulary.label('phase', code))}`);
  return subject === 'actor' ? `has work that ${stages.join(' or ')}` : stages.join(' or ');
}

/** What objectives are called after "wants". */
const AIMS: Readonly<Record<string, string>> = {
  awareness: 'to raise awareness',
  knowledge: 'people to know more',
  attitude: 'to change attitudes',
  behaviour: 'to change what people do',
  social_norm: 'to shift what is expected of people',
  service_uptake: 'people to use a service',
};

/** Labels that are lists themselves, or too long to be said. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  household_decision_maker: 'those who decide at home',
  youth_15_24: 'young people',
  peer_or_returnee_messenger: 'peers and returnees',
};

/** `a and b`; of a few names with an "and" of their own, `a as well as b and c`. */
function listed(names: readonly string[]): string {
  if (names.length < 2 || names.length > 4 || !names.some((name) => name.includes(' and '))) return list(names);
  return `${names.slice(0, -1).join(', ')} as well as ${names.at(-1) ?? ''}`;
}

/** Groups of channels that go by their own names. */
const BRANDED = new Set(['messaging', 'social']);
/** Kinds of actor that are not counted. */
const UNCOUNTED = new Set(['media', 'academic']);

function nameOf(facet: Exclude<GuidanceFacet, 'role'>, code: string, vocabulary: Vocabulary): string {
  const short = SHORT_NAMES[code];
  if (short !== undefined) return short;
  const kind = TERM_KINDS_OF_FACETS[facet];
  const label = vocabulary.label(kind, code);
  if (facet === 'language' || BRANDED.has(vocabulary.term(kind, code)?.parent ?? '')) return label;
  if (facet !== 'actorKind' || UNCOUNTED.has(code)) return inside(label);
  return `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${inside(label)}`;
}

/** `a, b and c`, none of them counted instead of said; where one of them has an "and" of its own, a comma before the last. */
function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  const comma = parts.some((part) => part.includes(' and ')) ? ',' : '';
  return `${parts.slice(0, -1).join(', ')}${comma} and ${last}`;
}
