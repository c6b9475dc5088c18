import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Campaign } from './campaign.types.ts';

export enum WarningCode {
  EXPIRED_MESSAGE_SCHEDULED = 'EXPIRED_MESSAGE_SCHEDULED',
  DEADLINE_PASSES = 'DEADLINE_PASSES',
  MISSING_REVIEW = 'MISSING_REVIEW',
  CONTRADICTING_STANCE = 'CONTRADICTING_STANCE',
  DIVERGING_FACT = 'DIVERGING_FACT',
}
registerEnumType(WarningCode, {
  name: 'WarningCode',
  description:
    'What is wrong with a message of a campaign that runs or will. Each comes with its own parameters, in brackets.',
  valuesConfig: {
    EXPIRED_MESSAGE_SCHEDULED: {
      description: 'The campaign runs longer than the message holds (VALID_TO, and unless open LAST_DAY).',
    },
    DEADLINE_PASSES: {
      description:
        'The campaign goes on telling a deadline that is over by then (SUBJECT, VALUE, and unless open LAST_DAY).',
    },
    MISSING_REVIEW: { description: 'Nobody noted when it was last checked.' },
    CONTRADICTING_STANCE: {
      description:
        'One of the two deters, the other protects the same audiences at the same place and time (AUDIENCES).',
    },
    DIVERGING_FACT: {
      description:
        'The two tell the same people at the same place and time different things (FACT, SUBJECT, VALUE, OTHER_VALUE).',
    },
  },
});

export enum WarningParameterName {
  VALID_TO = 'VALID_TO',
  LAST_DAY = 'LAST_DAY',
  AUDIENCES = 'AUDIENCES',
  FACT = 'FACT',
  SUBJECT = 'SUBJECT',
  VALUE = 'VALUE',
  OTHER_VALUE = 'OTHER_VALUE',
}
registerEnumType(WarningParameterName, {
  name: 'WarningParameterName',
  description: 'Tells what the values of a parameter are.',
  valuesConfig: {
    VALID_TO: { description: 'The last day on which the message holds, a CalendarDate.' },
    LAST_DAY: { description: 'The last day of the campaign, a CalendarDate.' },
    AUDIENCES: { description: 'Codes of taxonomy AUDIENCE.' },
    FACT: { description: 'A value of FactKind.' },
    SUBJECT: { description: 'What the fact is about.' },
    VALUE: { description: 'What this campaign says.' },
    OTHER_VALUE: { description: 'What the other one says.' },
  },
});

@ObjectType({ description: 'A named parameter of a warning.' })
export class WarningParameter {
  @Field(() => WarningParameterName)
  name!: WarningParameterName;

  @Field(() => [String], { description: 'As the name says; never empty.' })
  values!: string[];
}

@ObjectType({ description: 'Something wrong with a message of a campaign that runs or will, as far as you can know.' })
export class CampaignWarning {
  @Field(() => WarningCode)
  code!: WarningCode;

  @Field(() => Int, { description: 'Position of the message among those of the campaign, from 1.' })
  message!: number;

  @Field(() => Campaign, {
    nullable: true,
    description: 'The other campaign that it concerns. Null: it concerns this one alone.',
  })
  other!: Campaign | null;

  @Field(() => [WarningParameter])
  parameters!: WarningParameter[];

  @Field(() => String, { description: 'In English, with what to do about it.' })
  text!: string;
}
