import { Arg, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../connection.ts';
import { Node, projected } from '../node.ts';
import { CalendarDate, ChangeToken, DateTime } from '../scalars.ts';
import { CountryRole, LocalizedText, Term } from '../vocabulary/vocabulary.types.ts';

/** What a section says, and each of its versions. */
@ObjectType()
class GuidanceContent {
  @Field(() => Term, { description: 'Of taxonomy HANDBOOK_STEP.' })
  step!: Term;

  @Field(() => String, { description: 'In the language asked for where there is a variant, else in `language`.' })
  title(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [LocalizedText], { description: 'In other languages, ordered by tag.' })
  titles!: LocalizedText[];

  @Field(() => String, {
    description: 'Markdown. In the language asked for where there is a variant, else in `language`.',
  })
  text(@Arg('language', () => String, { nullable: true }) _language?: string): string {
    return projected();
  }

  @Field(() => [LocalizedText], { description: 'In other languages, ordered by tag.' })
  texts!: LocalizedText[];

  @Field(() => String, { description: 'In which its main text is written, BCP 47.' })
  language!: string;

  @Field(() => [CountryRole], { description: 'What a country is where it holds. Empty: all.' })
  roles!: CountryRole[];

  @Field(() => [Term], { description: 'Of taxonomy PHASE: when it is of use. Empty: always.' })
  phases!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy AUDIENCE. Empty: all.' })
  audiences!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy THEME. Empty: all.' })
  themes!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy CHANNEL. Empty: all.' })
  channels!: Term[];

  @Field(() => [Term], { description: 'Languages of the audience for which it holds. Empty: all.' })
  languages!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy OBJECTIVE_LEVEL. Empty: all.' })
  objectiveLevels!: Term[];

  @Field(() => [Term], { description: 'Of taxonomy ACTOR_KIND: whom it advises. Empty: all.' })
  actorKinds!: Term[];

  @Field(() => String, { description: 'Where the facts come from, and whose the advice is.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'http or https. Null: none is known.' })
  sourceUrl!: string | null;

  @Field(() => CalendarDate, { description: 'When somebody last made sure that it is right.' })
  reviewedOn!: string;

  @Field(() => CalendarDate, { description: 'By when somebody should again.' })
  reviewDueOn!: string;

  @Field(() => Boolean, { description: 'True: out of use, and given for nothing.' })
  retired!: boolean;

  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;

  @Field(() => String, { description: 'Why it is as it is since this version.' })
  reason!: string;
}

@ObjectType({ description: 'A section as it was, from one change to the next.' })
export class GuidanceVersion extends GuidanceContent {
  @Field(() => DateTime, { description: 'When it came to say this.' })
  changedAt!: Date;

  @Field(() => ID, {
    description: 'Which key or user of a coordinator made it so; `hub`: it came with the software.',
  })
  changedBy!: string;
}

@ObjectType({ implements: Node, description: 'A piece of advice on campaigns, and for whom it holds.' })
export class GuidanceSection extends GuidanceContent implements Node {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;
}

export enum GuidanceReasonCode {
  PHASE = 'PHASE',
  AUDIENCE = 'AUDIENCE',
  CHANNEL = 'CHANNEL',
  LANGUAGE = 'LANGUAGE',
  THEME = 'THEME',
  ROLE = 'ROLE',
  ACTOR_KIND = 'ACTOR_KIND',
  OBJECTIVE_LEVEL = 'OBJECTIVE_LEVEL',
  NOT_STATED = 'NOT_STATED',
  STEP_AT_HAND = 'STEP_AT_HAND',
  STEP_AHEAD = 'STEP_AHEAD',
  STEP_BEHIND = 'STEP_BEHIND',
  GENERAL = 'GENERAL',
}
registerEnumType(GuidanceReasonCode, {
  name: 'GuidanceReasonCode',
  description: 'Why a section is given, and what the values of the reason are.',
  valuesConfig: {
    PHASE: { description: 'It is in these phases: codes of taxonomy PHASE.' },
    AUDIENCE: { description: 'It speaks to these people: codes of taxonomy AUDIENCE.' },
    CHANNEL: { description: 'It uses these channels: codes of taxonomy CHANNEL.' },
    LANGUAGE: { description: 'It speaks these languages: codes of taxonomy LANGUAGE.' },
    THEME: { description: 'It is about these themes: codes of taxonomy THEME.' },
    ROLE: { description: 'It is at work in countries with these roles: values of CountryRole.' },
    ACTOR_KIND: { description: 'It is the work of such an actor, or is one: codes of taxonomy ACTOR_KIND.' },
    OBJECTIVE_LEVEL: { description: 'It aims at this: codes of taxonomy OBJECTIVE_LEVEL.' },
    NOT_STATED: {
      description: 'Nothing is the same, but it does not say these things of itself: other values of this enumeration.',
    },
    STEP_AT_HAND: { description: 'It holds for all, in the step that is at hand: a code of taxonomy HANDBOOK_STEP.' },
    STEP_AHEAD: { description: 'It holds for all, in a step still ahead: a code of taxonomy HANDBOOK_STEP.' },
    STEP_BEHIND: { description: 'It holds for all, in an earlier step: a code of taxonomy HANDBOOK_STEP.' },
    GENERAL: { description: 'It holds for all. Without values.' },
  },
});

@ObjectType({ description: 'Why a section is given, as a code with values, to be put into any language.' })
export class GuidanceReason {
  @Field(() => GuidanceReasonCode)
  code!: GuidanceReasonCode;

  @Field(() => [String], { description: 'As the code says.' })
  values!: string[];
}

@ObjectType({
  description: 'A section of the library, with what speaks for it where guidance was asked for something.',
})
export class Guidance {
  @Field(() => GuidanceSection)
  section!: GuidanceSection;

  @Field(() => String, {
    nullable: true,
    description: 'One English sentence; `reasons` say the same in codes. Null where the library was listed.',
  })
  because!: string | null;

  @Field(() => [GuidanceReason], { description: 'Empty where the library was listed.' })
  reasons!: GuidanceReason[];
}

export const GuidanceConnection = connectionOf(Guidance);
export const GuidanceVersionConnection = connectionOf(GuidanceVersion);

@InputType({
  description:
    'Filters combine with AND; the values of one list mean OR. A list finds the sections that name one of its codes, not those that hold for all.',
})
export class GuidanceFilter {
  @Field(() => String, {
    nullable: true,
    description: 'In title and text, in every language; case and accents do not matter.',
  })
  search?: string | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy HANDBOOK_STEP.' })
  steps?: string[] | null;

  @Field(() => [CountryRole], { nullable: true })
  roles?: CountryRole[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy PHASE.' })
  phases?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy AUDIENCE.' })
  audiences?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy THEME.' })
  themes?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy CHANNEL.' })
  channels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Languages of the audience, BCP 47.' })
  languages?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy OBJECTIVE_LEVEL.' })
  objectiveLevels?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Codes of taxonomy ACTOR_KIND.' })
  actorKinds?: string[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'To be reviewed before this day.' })
  reviewDueBefore?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those out of use. Left out: only those in use.' })
  retired?: boolean | null;

  @Field(() => ChangeToken, { nullable: true })
  changedAfter?: string | null;
}
