import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';

export enum FactKind {
  HOTLINE = 'hotline',
  WEBSITE = 'website',
  DEADLINE = 'deadline',
  FEE = 'fee',
  ADDRESS = 'address',
  OTHER = 'other',
}
registerEnumType(FactKind, {
  name: 'FactKind',
  description: 'What kind of fact a message states. Facts of one kind about the same are compared.',
  valuesConfig: {
    HOTLINE: { description: 'A number to call, however it is written.' },
    WEBSITE: { description: 'The address of a page on the web.' },
    DEADLINE: { description: 'A CalendarDate.' },
    FEE: { description: 'An amount with its currency.' },
    ADDRESS: { description: 'Where to go.' },
    OTHER: { description: 'Any other statement that is either so or not.' },
  },
});

@ObjectType({
  description: 'A fact that a message states, so that it can be compared with what others tell the same people.',
})
export class MessageFact {
  @Field(() => FactKind)
  kind!: FactKind;

  @Field(() => String, {
    description: 'What it is about. Facts about the same have the same subject, but for case and spaces.',
  })
  subject!: string;

  @Field(() => String, { description: 'As people read it.' })
  value!: string;

  @Field(() => String, {
    description: 'The form in which values are compared: of a number to call E.164, or its digits.',
  })
  normalized!: string;
}

@InputType({ description: 'A fact that a message states.' })
export class MessageFactInput {
  @Field(() => FactKind)
  kind!: FactKind;

  @Field(() => String, {
    description: 'What it is about, as `report a recruiter`; at most 200 characters. Use the words that others use.',
  })
  subject!: string;

  @Field(() => String, { description: 'What holds; at most 500 characters. A DEADLINE is a CalendarDate.' })
  value!: string;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1 alpha-2: the country of a HOTLINE written without its country code.',
  })
  country?: string | null;
}
