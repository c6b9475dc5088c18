import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import { MADE_IN_CODE } from '../made-in-code.ts';
import { DateTime } from '../scalars.ts';

@Extensions(MADE_IN_CODE)
@ObjectType({
  description: 'A person to write to about an actor or a programme, in their work and for a stated purpose.',
})
export class Contact {
  @Field(() => ID, { description: 'Never reused. Contacts are found by what they are contacts of, not by `node`.' })
  id!: string;

  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;

  @Field(() => String, { description: 'What to call them.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What they do there, such as "press officer". Null: not told.' })
  role!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'An e-mail address. Null: none told; then there is a telephone number.',
  })
  email!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A telephone number. Null: none told; then there is an e-mail address.',
  })
  phone!: string | null;

  @Field(() => String, { description: 'What to write to them about.' })
  purpose!: string;

  @Field(() => Boolean, {
    description:
      'True: coordinators see it too, and the actors with whom its owner shares the programme, or any programme when it is a contact of an actor.',
  })
  shared!: boolean;

  @Field(() => DateTime, { description: 'Of the last change.' })
  updatedAt!: Date;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ description: 'What is left of a contact that was erased.' })
export class ErasedContact {
  @Field(() => ID, { description: 'Names nobody any more.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was erased, the first time.' })
  erasedAt!: Date;
}
