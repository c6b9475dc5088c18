import { type CountryRole, type GuidanceSubject, type Leg, facetSet } from '../../engine/index.ts';
import type { TermKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { DescribedSubject } from './describe-subject.ts';

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
