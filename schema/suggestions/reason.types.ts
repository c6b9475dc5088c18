import { Field, ObjectType, registerEnumType } from 'type-graphql';

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
