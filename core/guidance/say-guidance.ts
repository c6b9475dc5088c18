import { type GivenGuidance, type GuidanceFacet, bitsOf } from '../../engine/index.ts';
import { inside, list } from '../suggestions/phrases.ts';
import type { TermKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { ROLES, type SubjectKind, stepNumber } from './guidance-subject.ts';

/** Why a section is given, as a code with its values. */
export interface GuidanceReason {
  readonly code: string;
  readonly values: readonly string[];
}

const CODES: Readonly<Record<GuidanceFacet, string>> = {
  phase: 'PHASE',
  audience: 'AUDIENCE',
  channel: 'CHANNEL',
  language: 'LANGUAGE',
  theme: 'THEME',
  role: 'ROLE',
  actorKind: 'ACTOR_KIND',
  objectiveLevel: 'OBJECTIVE_LEVEL',
};

export const TERM_KINDS_OF_FACETS: Readonly<Record<Exclude<GuidanceFacet, 'role'>, TermKind>> = {
  phase: 'phase',
  audience: 'audience',
  channel: 'channel',
  language: 'language',
  theme: 'theme',
  actorKind: 'actor_kind',
  objectiveLevel: 'objective_level',
};

type Shared = Partial<Readonly<Record<GuidanceFacet, readonly string[]>>>;

/**
 * What speaks for a section, in codes and in one English sentence. Without a match it is one thing: what the subject does not say
 * of itself, or how the section's step stands to the one at hand, or that it holds for everybody.
 */
export function explainGuidance(
  given: GivenGuidance,
  subject: SubjectKind,
  stepAtHand: number | null,
  vocabulary: Vocabulary,
): { readonly reasons: readonly GuidanceReason[]; readonly because: string } {
  const shared: Shared = Object.fromEntries(
    given.matches.map(({ facet, shared: bits }) => [facet, bitsOf(bits).map((bit) => codeOf(facet, bit, vocabulary))]),
  );
  if (given.matches.length > 0) {
    const reasons = given.matches.map(({ facet }) => ({ code: CODES[facet], values: valuesOf(facet, shared) }));
    return { reasons, because: `Because this ${subject} ${joined(clauses(shared, subject, vocabulary))}.` };
  }
  if (given.unstated.length > 0) {
    const values = given.unstated.map((facet) => CODES[facet]);
    const unsaid = given.unstated.map((facet) => UNSAID[facet]);
    return {
      reasons: [{ code: 'NOT_STATED', values }],
      because: `It may help: this ${subject} does not say ${list(unsaid)}.`,
    };
  }
  return explainStep(given.step, subject, stepAtHand, vocabulary);
}

function explainStep(step: number, subject: SubjectKind, stepAtHand: number | null, vocabulary: Vocabulary) {
  const code = vocabulary.termsOf('handbook_step').find((term) => stepNumber(vocabulary, term.code) === step)?.code;
  if (stepAtHand === null || code === undefined)
    return { reasons: [{ code: 'GENERAL', values: [] }], because: `Because it holds for every ${subject}.` };
  const name = inside(vocabulary.label('handbook_step', code));
  if (step === stepAtHand)
    return {
      reasons: [{ code: 'STEP_AT_HAND', values: [code] }],
      because: `Because it belongs to the step at hand: ${name}.`,
    };
  return step > stepAtHand
    ? {
        reasons: [{ code: 'STEP_AHEAD', values: [code] }],
        because: `Because it prepares a step that is still ahead: ${name}.`,
      }
    : {
        reasons: [{ code: 'STEP_BEHIND', values: [code] }],
        because: `Because the rest stands on an earlier step: ${name}.`,
      };
}

const UNSAID: Readonly<Record<GuidanceFacet, string>> = {
  phase: 'how far it is',
  audience: 'whom it speaks to',
  channel: 'which channels it uses',
  language: 'which languages it speaks',
  theme: 'what it is about',
  role: 'where it works',
  actorKind: 'whose it is',
  objectiveLevel: 'what it wants to change',
};

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

/** What is shared, as predicates of the subject, in the order of the facets. */
function clauses(shared: Shared, subject: SubjectKind, vocabulary: Vocabulary): string[] {
  const named = (facet: Exclude<GuidanceFacet, 'role'>): string | null => {
    const codes = shared[facet];
    return codes ? list(codes.map((code) => nameOf(facet, code, vocabulary))) : null;
  };
  const [audience, channel, language, theme] = [named('audience'), named('channel'), named('language'), named('theme')];
  const [kind, objective] = [named('actorKind'), named('objectiveLevel')];
  const speech = [
    audience ? `speaks to ${audience}` : channel ? 'reaches people' : language ? 'speaks' : null,
    channel ? `through ${channel}` : null,
    language ? (audience || channel ? `in ${language}` : language) : null,
  ].filter((part) => part !== null);
  const isActor = subject === 'actor';
  return [
    shared.phase ? sayPhase(shared.phase, subject, vocabulary) : null,
    speech.length > 0 ? speech.join(' ') : null,
    theme ? (isActor ? `works on ${theme}` : `is about ${theme}`) : null,
    shared.role ? `works in a country of ${list(shared.role)}` : null,
    kind ? (isActor ? `is ${kind}` : `is the work of ${kind}`) : null,
    objective ? `aims at ${objective}` : null,
  ].filter((clause) => clause !== null);
}

function sayPhase(phases: readonly string[], subject: SubjectKind, vocabulary: Vocabulary): string {
  const [phase = ''] = phases;
  const names = phases.map((code) => inside(vocabulary.label('phase', code)));
  if (subject === 'actor') return `has campaigns at the stage of ${list(names)}`;
  return STAGES[phase] ?? `is in ${list(names)}`;
}

/** Groups of channels that go by their own names. */
const BRANDED = new Set(['messaging', 'social']);
/** Kinds of actor that are not counted. */
const UNCOUNTED = new Set(['media', 'academic']);

function nameOf(facet: Exclude<GuidanceFacet, 'role'>, code: string, vocabulary: Vocabulary): string {
  const kind = TERM_KINDS_OF_FACETS[facet];
  const label = vocabulary.label(kind, code);
  if (facet === 'language' || BRANDED.has(vocabulary.term(kind, code)?.parent ?? '')) return label;
  if (facet !== 'actorKind' || UNCOUNTED.has(code)) return inside(label);
  return `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${inside(label)}`;
}

function codeOf(facet: GuidanceFacet, bit: number, vocabulary: Vocabulary): string {
  return facet === 'role' ? (ROLES[bit] ?? '') : vocabulary.codeOf(TERM_KINDS_OF_FACETS[facet], bit);
}

/** Roles are told as values of the enumeration. */
function valuesOf(facet: GuidanceFacet, shared: Shared): readonly string[] {
  const codes = shared[facet] ?? [];
  return facet === 'role' ? codes.map((role) => role.toUpperCase()) : codes;
}

/** `a, b and c`, none of them counted instead of said. */
function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}
