import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Actor } from '../actors/actor.types.ts';
import { resultOf } from '../answer.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { Disclosure } from '../footprints/disclosure.ts';
import { DayRange } from '../footprints/footprint.types.ts';
import { FootprintHolder } from '../footprints/holder.types.ts';
import { Node } from '../node.ts';
import { ChangeToken, DateTime } from '../scalars.ts';
import { Answer } from './answer.types.ts';
import { DismissalCode, Ranking } from './ranking.types.ts';
import { Corridor, CountryRole, Place, Term } from '../vocabulary/vocabulary.types.ts';

export enum SuggestionKind {
  JOINT_CAMPAIGN = 'JOINT_CAMPAIGN',
  ALIGN_DATES = 'ALIGN_DATES',
  AVOID_DUPLICATION = 'AVOID_DUPLICATION',
  REPLICATE_PRACTICE = 'REPLICATE_PRACTICE',
  RESOLVE_CONTRADICTION = 'RESOLVE_CONTRADICTION',
  LEVERAGE_CHANNEL = 'LEVERAGE_CHANNEL',
  FILL_GAP = 'FILL_GAP',
}
registerEnumType(SuggestionKind, {
  name: 'SuggestionKind',
  description: 'What is proposed.',
  valuesConfig: {
    JOINT_CAMPAIGN: {
      description: 'Actors in several countries of a corridor speak together to one audience about one theme.',
    },
    ALIGN_DATES: {
      description:
        'Two actors would work side by side if a gap of up to 45 days did not keep them apart; `reasons` hold other dates.',
    },
    AVOID_DUPLICATION: { description: 'Two actors do much the same work at the same place and could divide it.' },
    REPLICATE_PRACTICE: {
      description:
        'What a published case study tells of could be done where others speak to the same people about the same, and nobody does it so.',
    },
    RESOLVE_CONTRADICTION: {
      description: 'Two actors tell the same people at the same place and time what does not go together.',
    },
    LEVERAGE_CHANNEL: {
      description: 'A public body could speak to an audience by a channel that another actor already has.',
    },
    FILL_GAP: {
      description: 'Nobody campaigns for an audience about what it lacks, and these are at work there and could.',
    },
  },
});

export enum SuggestionStatus {
  OPEN = 'OPEN',
  AGREED = 'AGREED',
  DISMISSED = 'DISMISSED',
  EXPIRED = 'EXPIRED',
  LAPSED = 'LAPSED',
}
registerEnumType(SuggestionStatus, {
  name: 'SuggestionStatus',
  description: 'What became of a suggestion.',
  valuesConfig: {
    OPEN: { description: 'To be decided.' },
    AGREED: {
      description:
        'You and others endorsed it, and see each other among the participants. To everybody else it is OPEN, to coordinators too.',
    },
    DISMISSED: { description: 'Somebody who may has dismissed it; much the same is not suggested again.' },
    EXPIRED: { description: 'Its window has passed.' },
    LAPSED: { description: 'What was registered changed, and nothing speaks for it any more. It may come back.' },
  },
});

export enum ReasonCode {
  ROLES_COVERED = 'ROLES_COVERED',
  COUNTRIES = 'COUNTRIES',
  STATE_AND_NON_STATE = 'STATE_AND_NON_STATE',
  SHARED_DAYS = 'SHARED_DAYS',
  MEAN_STRENGTH = 'MEAN_STRENGTH',
  UNMET_NEED = 'UNMET_NEED',
  TREND = 'TREND',
  DECLARED_NEED = 'DECLARED_NEED',
  IN_SEASON = 'IN_SEASON',
  NOBODY_SPEAKS = 'NOBODY_SPEAKS',
  NOBODY_USES = 'NOBODY_USES',
  REACHES_AUDIENCE = 'REACHES_AUDIENCE',
  EFFECTIVE_CHANNEL = 'EFFECTIVE_CHANNEL',
  COMMITTED_RESOURCES = 'COMMITTED_RESOURCES',
  LEAD_TIME = 'LEAD_TIME',
  AUDIENCE_NOT_STATED = 'AUDIENCE_NOT_STATED',
  TENTATIVE = 'TENTATIVE',
  SAME_AUDIENCES = 'SAME_AUDIENCES',
  SAME_THEMES = 'SAME_THEMES',
  SAME_CHANNELS = 'SAME_CHANNELS',
  PRACTICE = 'PRACTICE',
  NOBODY_DOES = 'NOBODY_DOES',
  EVIDENCED = 'EVIDENCED',
  GAP_DAYS = 'GAP_DAYS',
  ALTERNATIVE_DAYS = 'ALTERNATIVE_DAYS',
  OPPOSED_STANCES = 'OPPOSED_STANCES',
  DIVERGING_FACTS = 'DIVERGING_FACTS',
}
registerEnumType(ReasonCode, {
  name: 'ReasonCode',
  description: 'Why something is suggested. Each comes with its own parameters, in brackets.',
  valuesConfig: {
    ROLES_COVERED: { description: 'Its countries have these roles on the corridor (ROLES).' },
    COUNTRIES: { description: 'It takes place in these countries (COUNTRIES).' },
    STATE_AND_NON_STATE: { description: 'Public bodies and others would work side by side.' },
    SHARED_DAYS: { description: 'All are at work on these days (FIRST_DAY, and unless open, LAST_DAY and DAYS).' },
    MEAN_STRENGTH: { description: 'How well its participants fit together (STRENGTH).' },
    UNMET_NEED: { description: 'These audiences lack information there (AUDIENCES).' },
    TREND: { description: 'The situation of these audiences is changing there (AUDIENCES).' },
    DECLARED_NEED: { description: 'What declares the need (INSIGHTS, SOURCES).' },
    NOBODY_SPEAKS: { description: 'No campaign there speaks to the audience in these languages (LANGUAGES).' },
    NOBODY_USES: {
      description:
        'The audience obtains information by these channels, and no campaign there uses them for it (CHANNELS).',
    },
    REACHES_AUDIENCE: { description: 'Some already reach the audience (PARTICIPANTS).' },
    EFFECTIVE_CHANNEL: {
      description:
        'An audience obtains information by a channel that one has and the other lacks (CHANNELS, AUDIENCES, WEIGHT, INSIGHTS, SOURCES; PARTICIPANTS is who has it).',
    },
    IN_SEASON: { description: 'The corridor is travelled most in these months (FROM_MONTH, TO_MONTH).' },
    COMMITTED_RESOURCES: { description: 'Some have committed resources (PARTICIPANTS).' },
    LEAD_TIME: { description: 'So many days are left to prepare (DAYS).' },
    AUDIENCE_NOT_STATED: { description: 'Some take part because they stated no audience (PARTICIPANTS).' },
    TENTATIVE: { description: 'The dates of some are not confirmed (PARTICIPANTS).' },
    SAME_AUDIENCES: { description: 'They speak to the same people (AUDIENCES, SIMILARITY).' },
    SAME_THEMES: { description: 'They speak about the same (THEMES, SIMILARITY).' },
    SAME_CHANNELS: { description: 'They speak by the same channels (CHANNELS, SIMILARITY).' },
    PRACTICE: { description: 'A case study tells how it was done elsewhere (COUNTRIES, where it says where).' },
    NOBODY_DOES: { description: 'Nobody there speaks to these people about this by these channels (CHANNELS).' },
    EVIDENCED: { description: 'An evaluation or a survey speaks for it.' },
    GAP_DAYS: {
      description: 'So many days lie between the one that is EARLIER and the one that is LATER (DAYS, EARLIER, LATER).',
    },
    ALTERNATIVE_DAYS: {
      description:
        'If these moved to other days, all would share so many (PARTICIPANTS, FIRST_DAY, unless open LAST_DAY, DAYS_MOVED: lists of one order; SHARED_DAYS). One reason for each alternative, the best first.',
    },
    OPPOSED_STANCES: {
      description:
        'The messages of the one deter these audiences, those of the other protect them (AUDIENCES, DETERRING, PROTECTING).',
    },
    DIVERGING_FACTS: {
      description: 'Their messages tell these audiences different things of these kinds (AUDIENCES, FACTS).',
    },
  },
});

export enum ReasonParameterName {
  ROLES = 'ROLES',
  COUNTRIES = 'COUNTRIES',
  AUDIENCES = 'AUDIENCES',
  THEMES = 'THEMES',
  CHANNELS = 'CHANNELS',
  LANGUAGES = 'LANGUAGES',
  INSIGHTS = 'INSIGHTS',
  SOURCES = 'SOURCES',
  PARTICIPANTS = 'PARTICIPANTS',
  FIRST_DAY = 'FIRST_DAY',
  LAST_DAY = 'LAST_DAY',
  DAYS = 'DAYS',
  SHARED_DAYS = 'SHARED_DAYS',
  DAYS_MOVED = 'DAYS_MOVED',
  EARLIER = 'EARLIER',
  LATER = 'LATER',
  FACTS = 'FACTS',
  DETERRING = 'DETERRING',
  PROTECTING = 'PROTECTING',
  FROM_MONTH = 'FROM_MONTH',
  TO_MONTH = 'TO_MONTH',
  STRENGTH = 'STRENGTH',
  WEIGHT = 'WEIGHT',
  SIMILARITY = 'SIMILARITY',
}
registerEnumType(ReasonParameterName, {
  name: 'ReasonParameterName',
  description: 'Tells what the values of a parameter are.',
  valuesConfig: {
    ROLES: { description: 'Values of CountryRole.' },
    COUNTRIES: { description: 'ISO 3166-1 alpha-2.' },
    AUDIENCES: { description: 'Codes of taxonomy AUDIENCE.' },
    THEMES: { description: 'Codes of taxonomy THEME.' },
    CHANNELS: { description: 'Codes of taxonomy CHANNEL.' },
    LANGUAGES: { description: 'Codes of taxonomy LANGUAGE.' },
    INSIGHTS: { description: 'Ids of insights.' },
    SOURCES: { description: 'What these insights rest on, in their order.' },
    PARTICIPANTS: { description: 'Positions among the participants, from 1.' },
    FIRST_DAY: { description: 'A CalendarDate.' },
    LAST_DAY: { description: 'A CalendarDate.' },
    DAYS: { description: 'A whole number of days.' },
    SHARED_DAYS: { description: 'A whole number of days.' },
    DAYS_MOVED: { description: 'Whole numbers of days, to and fro alike; one for each of the PARTICIPANTS.' },
    EARLIER: { description: 'A position among the participants.' },
    LATER: { description: 'A position among the participants.' },
    FACTS: { description: 'Values of FactKind.' },
    DETERRING: { description: 'A position among the participants.' },
    PROTECTING: { description: 'A position among the participants.' },
    FROM_MONTH: { description: 'A month of the year, 1 to 12.' },
    TO_MONTH: { description: 'A month of the year, 1 to 12; before FROM_MONTH over the turn of the year.' },
    STRENGTH: { description: '0 to 1, three decimals.' },
    WEIGHT: { description: 'Of a channel, 0 to 1, three decimals.' },
    SIMILARITY: { description: '0 to 1, three decimals.' },
  },
});

@ObjectType({ description: 'A named parameter of a reason.' })
export class ReasonParameter {
  @Field(() => ReasonParameterName)
  name!: ReasonParameterName;

  @Field(() => [String], { description: 'As the name says; never empty.' })
  values!: string[];
}

@ObjectType({ description: 'Why something is suggested, as a code with parameters, to be put into any language.' })
export class Reason {
  @Field(() => ReasonCode)
  code!: ReasonCode;

  @Field(() => [ReasonParameter])
  parameters!: ReasonParameter[];
}

@ObjectType({ description: 'A record that would take part, in one of its countries.' })
export class SuggestedParticipant {
  @Field(() => Int, { description: 'From 1; reasons refer to it.' })
  position!: number;

  @Field(() => Actor, { nullable: true, description: 'Whose record it is. Null: not disclosed to you.' })
  actor!: Actor | null;

  @Field(() => Place, { description: 'The country in which it would take part.' })
  place!: Place;

  @Field(() => CountryRole, {
    nullable: true,
    description: 'What the country is on the corridor. Null without a corridor, or without a leg on it.',
  })
  role!: CountryRole | null;

  @Field(() => Boolean, {
    description: 'Proposed to lead: one participant of a joint campaign, nobody in other suggestions.',
  })
  lead!: boolean;

  @Field(() => FootprintHolder, { nullable: true, description: 'What would take part. Null: not disclosed to you.' })
  subject!: FootprintHolder | null;

  @Field(() => Disclosure)
  disclosure!: Disclosure;
}

@ObjectType({
  description:
    'What a joint campaign of these participants would still lack, or what is missing in a gap. Empty in other suggestions.',
})
export class Missing {
  @Field(() => [CountryRole], {
    description: 'Roles of the corridor that none of its countries has, in order of travel.',
  })
  roles!: CountryRole[];

  @Field(() => [Place], { description: 'Countries of the corridor without a participant.' })
  countries!: Place[];

  @Field(() => [Term], { description: 'Languages of the corridor that no participant speaks.' })
  languages!: Term[];

  @Field(() => [Term], { description: 'Channels by which these audiences obtain information and that nobody uses.' })
  channels!: Term[];
}

@ObjectType({
  implements: Node,
  description:
    'A proposal to act, composed from what is registered. It keeps its id while it changes with the registry.',
})
export class Suggestion extends Node {
  @Field(() => SuggestionKind)
  kind!: SuggestionKind;

  @Field(() => SuggestionStatus)
  status!: SuggestionStatus;

  @Field(() => Float, { description: 'How much it is worth proposing, 0 to 1.' })
  score!: number;

  @Field(() => String, { description: 'In English.' })
  title!: string;

  @Field(() => String, { description: 'One English sentence to be read aloud; `reasons` say the same in codes.' })
  explanation!: string;

  @Field(() => [Reason])
  reasons!: Reason[];

  @Field(() => Corridor, { nullable: true, description: 'Null: it concerns a single country and no corridor.' })
  corridor!: Corridor | null;

  @Field(() => DayRange, {
    nullable: true,
    description:
      'The days on which all are at work; of ALIGN_DATES and REPLICATE_PRACTICE, from the first day on which one of them is to the last of any. Null: without dates.',
  })
  window!: DayRange | null;

  @Field(() => [Term])
  themes!: Term[];

  @Field(() => [Term])
  audiences!: Term[];

  @Field(() => [Place], { description: 'Where it would take place, by code.' })
  countries!: Place[];

  @Field(() => [SuggestedParticipant], { description: 'By country, then in an order of their own.' })
  participants!: SuggestedParticipant[];

  @Field(() => Missing)
  missing!: Missing;

  @Field(() => Answer, {
    nullable: true,
    description: 'What your actor answered. Null: nothing, it withdrew its answer, or you may not answer for it.',
  })
  myAnswer!: Answer | null;

  @Field(() => String, { nullable: true, description: 'Why it was dismissed. Null unless it was.' })
  dismissedReason!: string | null;

  @Field(() => DismissalCode, { nullable: true, description: 'The same in a word. Null unless it was.' })
  dismissedCode!: DismissalCode | null;

  @Field(() => Float, { description: '`score` × `ranking.factor`: what lists are ordered by.' })
  rank!: number;

  @Field(() => Ranking)
  ranking!: Ranking;

  @Field(() => Int, {
    description:
      'Pass as `expectedVersion` when deciding on it. It goes up when others take part, on other days or about something else, and when it is closed; not when only the score or the words are others.',
  })
  version!: number;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed in anything, by composing or by a decision.' })
  updatedAt!: Date;
}

export const SuggestionConnection = connectionOf(Suggestion);
export const SuggestionOrder = orderOf('SuggestionOrder', {
  RANK: 'rank',
  SCORE: 'score',
  START: 'start',
  UPDATED: 'updated',
});

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class SuggestionFilter {
  @Field(() => [SuggestionKind], { nullable: true })
  kinds?: SuggestionKind[] | null;

  @Field(() => [SuggestionStatus], { nullable: true, description: 'Left out: whatever became of them.' })
  statuses?: SuggestionStatus[] | null;

  @Field(() => String, { nullable: true, description: 'A corridor code.' })
  corridor?: string | null;

  @Field(() => String, { nullable: true, description: 'Taking place in this country: ISO 3166-1 alpha-2.' })
  country?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: your actor is among the participants.' })
  addressedToMe?: boolean | null;

  @Field(() => ChangeToken, { nullable: true })
  changedAfter?: string | null;
}

@InputType()
export class DismissSuggestionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => String, { description: 'Why, for everybody to read; at most 1,000 characters.' })
  reason!: string;

  @Field(() => DismissalCode, { nullable: true, description: 'The same in a word. Default: OTHER.' })
  reasonCode?: DismissalCode | null;
}

export const DismissSuggestionResult = resultOf('DismissSuggestionResult', Suggestion);

export const RankingResult = resultOf('RankingResult', Suggestion);

export const AnswerSuggestionResult = resultOf('AnswerSuggestionResult', Suggestion);
