/** What a section of guidance may be about, in the order in which matches are added up and told. */
export const GUIDANCE_FACETS = [
  'phase',
  'audience',
  'channel',
  'language',
  'theme',
  'role',
  'actorKind',
  'objectiveLevel',
] as const;
export type GuidanceFacet = (typeof GUIDANCE_FACETS)[number];

/**
 * What a match is worth, in hundredths. Somebody at work asks first "what must I do now", then "with these people, by these means";
 * who they are and where they stand changes the advice least.
 */
export const GUIDANCE_WEIGHTS: Readonly<Record<GuidanceFacet, number>> = {
  phase: 25, // what is being done now can still be done better
  audience: 20, // advice on the wrong people is no advice
  channel: 20, // radio and TikTok have nothing in common but the message
  language: 15, // few sections name one, and those that do decide whether anybody understands
  theme: 15, // one theme can be told in many ways, so a little less
  role: 10, // three roles: a match is soon found
  actorKind: 10, // good practice is much the same for all; what differs is means and trust
  objectiveLevel: 5, // often unstated, and seldom what makes the difference
};

export const GUIDANCE_RULES = {
  /**
   * On these a difference only costs, and silence nothing: what comes before and after the present phase is worth knowing, and an
   * objective is seldom the only one. On all other facets a section that is about something else is not given at all.
   */
  soft: ['phase', 'objectiveLevel'] as readonly GuidanceFacet[],
  /** Of its weight: a section about something else stands below one about nothing in particular. */
  differs: 0.6,
  /** Of its weight: where nothing is stated, a section about something particular may be beside the point. */
  unstated: 0.5,
  /** How many sections of the step that is at hand come for each one of another step: the first eight cover all six steps. */
  dealtOfStepAtHand: 3,
} as const;
