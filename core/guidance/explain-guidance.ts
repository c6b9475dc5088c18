import { type GivenGuidance, type GuidanceFacet, bitsOf } from '../../engine/index.ts';
import { inside, list } from '../suggestions/phrases.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { SubjectKind } from './describe-subject.ts';
import { type Shared, TERM_KINDS_OF_FACETS, sayMatch } from './say-match.ts';
import { ROLES, stepNumber } from './to-subject.ts';

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
    return { reasons, because: `Because this ${subject} ${sayMatch(shared, subject, vocabulary)}.` };
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
        because: `Because what is done now rests on an earlier step: ${name}.`,
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

function codeOf(facet: GuidanceFacet, bit: number, vocabulary: Vocabulary): string {
  return facet === 'role' ? (ROLES[bit] ?? '') : vocabulary.codeOf(TERM_KINDS_OF_FACETS[facet], bit);
}

/** Roles are told as values of the enumeration. */
function valuesOf(facet: GuidanceFacet, shared: Shared): readonly string[] {
  const codes = shared[facet] ?? [];
  return facet === 'role' ? codes.map((role) => role.toUpperCase()) : codes;
}
