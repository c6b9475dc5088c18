import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { connectionOf, orderOf } from '../connection.ts';
import { DayRange } from '../footprints/footprint.types.ts';
import { Node } from '../node.ts';
import { ChangeToken, DateTime } from '../scalars.ts';
import { Answer } from './answer.types.ts';
import { DismissalCode, Ranking } from './ranking.types.ts';
import { Corridor, Place, Term } from '../vocabulary/vocabulary.types.ts';
import { Missing, SuggestedParticipant } from './participant.types.ts';
import { Reason } from './reason.types.ts';

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
