import {
  type Alternative,
  bitsOf,
  type FacetSet,
  formatCalendarDate,
  lastDayOf,
  lengthOf,
  type Participant,
  type Reason,
  WHOLE_COUNTRY,
} from '../../engine/index.ts';
import { assertNever } from '../outcome.ts';
import type { FacetKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** What the values of a parameter are; each name says one thing, so that a client can put it into its own words. */
export type ReasonParameterName =
  /** Roles on the corridor, as `ORIGIN`. */
  | 'ROLES'
  /** ISO 3166-1 alpha-2. */
  | 'COUNTRIES'
  | 'AUDIENCES'
  | 'THEMES'
  | 'CHANNELS'
  /** Primary subtags, BCP 47. */
  | 'LANGUAGES'
  /** Ids of insights, and, in the same order, what they rest on. */
  | 'INSIGHTS'
  | 'SOURCES'
  /** Positions among the participants, from 1: a reason never names a record. */
  | 'PARTICIPANTS'
  /** `YYYY-MM-DD`. */
  | 'FIRST_DAY'
  | 'LAST_DAY'
  /** A whole number of days. */
  | 'DAYS'
  | 'SHARED_DAYS'
  /** One for each of the PARTICIPANTS beside it. */
  | 'DAYS_MOVED'
  /** A position among the participants. */
  | 'EARLIER'
  | 'LATER'
  /** Kinds of facts, as `HOTLINE`. */
  | 'FACTS'
  | 'DETERRING'
  | 'PROTECTING'
  /** 1 to 12. */
  | 'FROM_MONTH'
  | 'TO_MONTH'
  /** 0 to 1, three decimals. */
  | 'STRENGTH'
  | 'WEIGHT'
  | 'SIMILARITY';

export interface ReasonParameter {
  readonly name: ReasonParameterName;
  readonly values: readonly string[];
}

/** Why something is suggested, as a code with parameters. */
export interface GivenReason {
  readonly code: Reason['code'];
  readonly parameters: readonly ReasonParameter[];
}

/** A reason of the engine in codes. `participants` are those of the draft, in its order. */
export function giveReason(reason: Reason, participants: readonly Participant[], vocabulary: Vocabulary): GivenReason {
  return { code: reason.code, parameters: parametersOf(reason, participants, vocabulary) };
}

/** The values of one parameter of one of the reasons; none when it was not given. */
export function valuesOf(
  reasons: readonly GivenReason[],
  code: Reason['code'],
  name: ReasonParameterName,
): readonly string[] {
  return valuesIn(
    reasons.find((reason) => reason.code === code),
    name,
  );
}

/** The values of one parameter of a reason; none when it was not given. */
export function valuesIn(reason: GivenReason | undefined, name: ReasonParameterName): readonly string[] {
  return reason?.parameters.find((parameter) => parameter.name === name)?.values ?? [];
}

function parametersOf(
  reason: Reason,
  participants: readonly Participant[],
  vocabulary: Vocabulary,
): readonly ReasonParameter[] {
  const codes = (kind: FacetKind, set: FacetSet): string[] => bitsOf(set).map((bit) => vocabulary.codeOf(kind, bit));
  switch (reason.code) {
    case 'ROLES_COVERED':
      return [{ name: 'ROLES', values: reason.roles.map((role) => role.toUpperCase()) }];
    case 'COUNTRIES':
      return [
        { name: 'COUNTRIES', values: reason.countries.map((country) => countryCode(country, vocabulary)).sort() },
      ];
    case 'PRACTICE':
      // Whoever did it need not have said where.
      return reason.countries.length === 0
        ? []
        : [{ name: 'COUNTRIES', values: reason.countries.map((country) => countryCode(country, vocabulary)).sort() }];
    case 'NOBODY_DOES':
      return [{ name: 'CHANNELS', values: codes('channel', reason.channels) }];
    case 'STATE_AND_NON_STATE':
    case 'EVIDENCED':
      return [];
    case 'LEAD_TIME':
      // Another number every day: reads tell it, so that nothing has to be written for it. See `reasonsAsOf`.
      return [];
    case 'SHARED_DAYS': {
      const last = lastDayOf(reason.days);
      const first: ReasonParameter = { name: 'FIRST_DAY', values: [formatCalendarDate(reason.days.start)] };
      if (last === null) return [first];
      return [
        first,
        { name: 'LAST_DAY', values: [formatCalendarDate(last)] },
        { name: 'DAYS', values: [String(lengthOf(reason.days))] },
      ];
    }
    case 'MEAN_STRENGTH':
      return [{ name: 'STRENGTH', values: [reason.strength.toFixed(3)] }];
    case 'UNMET_NEED':
      return [{ name: 'AUDIENCES', values: codes('audience', reason.audiences) }];
    case 'TREND':
      return [{ name: 'AUDIENCES', values: codes('audience', reason.audiences) }];
    case 'DECLARED_NEED':
      return sourced(reason.insights, vocabulary);
    case 'NOBODY_SPEAKS':
      return [{ name: 'LANGUAGES', values: codes('language', reason.languages) }];
    case 'NOBODY_USES':
      return [{ name: 'CHANNELS', values: codes('channel', reason.channels) }];
    case 'EFFECTIVE_CHANNEL':
      return [
        { name: 'CHANNELS', values: [vocabulary.codeOf('channel', reason.channel)] },
        { name: 'AUDIENCES', values: [vocabulary.codeOf('audience', reason.audience)] },
        { name: 'WEIGHT', values: [reason.weight.toFixed(3)] },
        ...sourced([reason.insight], vocabulary),
        { name: 'PARTICIPANTS', values: positionsOf([reason.footprint], participants) },
      ];
    case 'IN_SEASON':
      return [
        { name: 'FROM_MONTH', values: [String(reason.fromMonth)] },
        { name: 'TO_MONTH', values: [String(reason.toMonth)] },
      ];
    case 'COMMITTED_RESOURCES':
    case 'REACHES_AUDIENCE':
    case 'AUDIENCE_NOT_STATED':
    case 'TENTATIVE':
      return [{ name: 'PARTICIPANTS', values: positionsOf(reason.footprints, participants) }];
    case 'SAME_AUDIENCES':
      return alike({ name: 'AUDIENCES', values: codes('audience', reason.audiences) }, reason.similarity);
    case 'SAME_THEMES':
      return alike({ name: 'THEMES', values: codes('theme', reason.themes) }, reason.similarity);
    case 'SAME_CHANNELS':
      return alike({ name: 'CHANNELS', values: codes('channel', reason.channels) }, reason.similarity);
    case 'GAP_DAYS':
      return [
        { name: 'DAYS', values: [String(reason.days)] },
        { name: 'EARLIER', values: positionsOf([reason.earlier], participants) },
        { name: 'LATER', values: positionsOf([reason.later], participants) },
      ];
    case 'ALTERNATIVE_DAYS':
      return alternativeDays(reason, participants);
    case 'OPPOSED_STANCES':
      return [
        { name: 'AUDIENCES', values: codes('audience', reason.audiences) },
        { name: 'DETERRING', values: positionsOf([reason.deterring], participants) },
        { name: 'PROTECTING', values: positionsOf([reason.protecting], participants) },
      ];
    case 'DIVERGING_FACTS':
      return [
        { name: 'AUDIENCES', values: codes('audience', reason.audiences) },
        { name: 'FACTS', values: reason.kinds.map((kind) => kind.toUpperCase()) },
      ];
    default:
      return assertNever(reason);
  }
}

/** Lists of the same order: who moves, to which first and last day (none where the days are open), and how far. */
function alternativeDays({ moves, sharedDays }: Alternative, participants: readonly Participant[]): ReasonParameter[] {
  const lastDays = moves.map(({ days }) => lastDayOf(days)).filter((day) => day !== null);
  return [
    { name: 'PARTICIPANTS', values: moves.flatMap(({ footprint }) => positionsOf([footprint], participants)) },
    { name: 'FIRST_DAY', values: moves.map(({ days }) => formatCalendarDate(days.start)) },
    ...(lastDays.length === 0 ? [] : [{ name: 'LAST_DAY', values: lastDays.map(formatCalendarDate) } as const]),
    { name: 'DAYS_MOVED', values: moves.map(({ daysMoved }) => String(daysMoved)) },
    { name: 'SHARED_DAYS', values: [String(sharedDays)] },
  ];
}

function alike(what: ReasonParameter, similarity: number): ReasonParameter[] {
  return [what, { name: 'SIMILARITY', values: [similarity.toFixed(3)] }];
}

function sourced(insights: readonly string[], vocabulary: Vocabulary): ReasonParameter[] {
  return [
    { name: 'INSIGHTS', values: insights },
    { name: 'SOURCES', values: insights.map((id) => vocabulary.insight(id).source) },
  ];
}

function positionsOf(footprints: readonly string[], participants: readonly Participant[]): string[] {
  return participants.flatMap(({ footprint }, index) => (footprints.includes(footprint) ? [String(index + 1)] : []));
}

/** ISO 3166-1 alpha-2 of the engine's number of a country. */
export function countryCode(country: number, vocabulary: Vocabulary): string {
  return vocabulary.placeAt({ country, subdivision: WHOLE_COUNTRY }).code;
}
