import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DayRange, DayRangeInput, FootprintInput } from '../footprints/footprint.types.ts';
import { ObservanceKind } from '../observances/observance.types.ts';

export enum TradeOffCode {
  INSIDE_OBSERVANCE = 'INSIDE_OBSERVANCE',
  AVOIDS_OBSERVANCE = 'AVOIDS_OBSERVANCE',
  PUBLIC_HOLIDAYS = 'PUBLIC_HOLIDAYS',
  HOME_VISIT_PEAK = 'HOME_VISIT_PEAK',
  ON_INTERNATIONAL_DAY = 'ON_INTERNATIONAL_DAY',
  BEFORE_SEASON = 'BEFORE_SEASON',
  IN_SEASON = 'IN_SEASON',
  COMPETES_WITH = 'COMPETES_WITH',
  JOINS = 'JOINS',
  LEAD_TIME = 'LEAD_TIME',
}
registerEnumType(TradeOffCode, {
  name: 'TradeOffCode',
  description: 'What speaks for or against a window. Each comes with its own parameters, in brackets.',
  valuesConfig: {
    INSIDE_OBSERVANCE: {
      description: 'Days of a religious period, an election or the like fall inside (KIND, NAME, COUNTRIES, DAYS).',
    },
    AVOIDS_OBSERVANCE: {
      description: 'It is clear of one that lies within the days to choose from (KIND, NAME, COUNTRIES).',
    },
    PUBLIC_HOLIDAYS: { description: 'So many days are public holidays in one of the countries (DAYS, COUNTRIES).' },
    HOME_VISIT_PEAK: {
      description: 'The audience is met at home (KIND, NAME, COUNTRIES, DAYS). Told for audiences of which that holds.',
    },
    ON_INTERNATIONAL_DAY: { description: 'A day about one of the themes falls inside (NAME, DAY).' },
    BEFORE_SEASON: {
      description: 'It ends so many days before the season of a corridor (CORRIDOR, FROM_MONTH, TO_MONTH, DAYS).',
    },
    IN_SEASON: { description: 'It reaches into the season of a corridor (CORRIDOR, FROM_MONTH, TO_MONTH).' },
    COMPETES_WITH: {
      description:
        'So many campaigns of others speak to the same people at the same place (COUNT). Those that you do not see are counted from three owners on.',
    },
    JOINS: { description: 'So many run at another end of the same route, counted in the same way (COUNT).' },
    LEAD_TIME: { description: 'So many days are left to prepare (DAYS).' },
  },
});

export enum TradeOffParameterName {
  KIND = 'KIND',
  NAME = 'NAME',
  COUNTRIES = 'COUNTRIES',
  DAYS = 'DAYS',
  DAY = 'DAY',
  CORRIDOR = 'CORRIDOR',
  FROM_MONTH = 'FROM_MONTH',
  TO_MONTH = 'TO_MONTH',
  COUNT = 'COUNT',
}
registerEnumType(TradeOffParameterName, {
  name: 'TradeOffParameterName',
  description: 'Tells what the values of a parameter are.',
  valuesConfig: {
    KIND: { description: 'A value of ObservanceKind.' },
    NAME: { description: 'What it is called.' },
    COUNTRIES: { description: 'ISO 3166-1 alpha-2. None: everywhere.' },
    DAYS: { description: 'A whole number of days.' },
    DAY: { description: 'A CalendarDate.' },
    CORRIDOR: { description: 'The code of a corridor.' },
    FROM_MONTH: { description: 'A month of the year, 1 to 12.' },
    TO_MONTH: { description: 'A month of the year, 1 to 12; before FROM_MONTH over the turn of the year.' },
    COUNT: { description: 'A whole number.' },
  },
});

@ObjectType({ description: 'A named parameter of a trade-off.' })
export class TradeOffParameter {
  @Field(() => TradeOffParameterName)
  name!: TradeOffParameterName;

  @Field(() => [String], { description: 'As the name says.' })
  values!: string[];
}

@ObjectType({
  description: 'What speaks for or against a window, as a code with parameters, to be put into any language.',
})
export class TradeOff {
  @Field(() => TradeOffCode)
  code!: TradeOffCode;

  @Field(() => Boolean, { description: 'True: it speaks for the window.' })
  favourable!: boolean;

  @Field(() => [TradeOffParameter])
  parameters!: TradeOffParameter[];

  @Field(() => String, { description: 'One English sentence.' })
  sentence!: string;
}

@ObjectType({ description: 'Days on which something could be held, and what one should know before choosing them.' })
export class DateProposal {
  @Field(() => DayRange)
  window!: DayRange;

  @Field(() => Float, { description: 'The share of what a window could offer here, 0 to 1.' })
  score!: number;

  @Field(() => [TradeOff], { description: 'In the order of their codes.' })
  tradeOffs!: TradeOff[];

  @Field(() => String, { description: 'One English sentence.' })
  explanation!: string;
}

@InputType({ description: 'For what, how long and when. Give either `footprint` or `of`.' })
export class ProposeDatesInput {
  @Field(() => FootprintInput, {
    nullable: true,
    description: 'What is not registered yet. Of its days only the length counts.',
  })
  footprint?: FootprintInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'What is to be moved: a suggestion, or a programme, campaign or calendar entry of your own.',
  })
  of?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'With `footprint`: whose it would be. Default: the actor you act for; only coordinators may name another.',
  })
  owner?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'With `footprint`: the programme it would be in. What it does not state comes from there.',
  })
  programme?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days it takes, 1 to 366. Default: as many as it has now.',
  })
  lengthDays?: number | null;

  @Field(() => DayRangeInput, {
    description: 'The days to choose from, with a last one, at most two years. Days that are past are not proposed.',
  })
  between!: DayRangeInput;

  @Field(() => [ObservanceKind], {
    nullable: true,
    description:
      'Windows with a day of one of these kinds are not proposed. Without it they are, with their trade-offs.',
  })
  avoid?: ObservanceKind[] | null;
}
