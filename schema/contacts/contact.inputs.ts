import { Field, ID, InputType, Int } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Contact, ErasedContact } from './contact.types.ts';

@InputType()
class ContactFields {
  @Field(() => String, { nullable: true, description: 'What they do there, such as "press officer".' })
  role?: string | null;

  @Field(() => String, { nullable: true, description: 'An e-mail address. One of `email` and `phone` is required.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'A telephone number, best with its country code.' })
  phone?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Default false: only your own people see it. True: coordinators too, and the actors with whom you share the programme.',
  })
  shared?: boolean | null;
}

@InputType({ description: 'Stored encrypted. Enter people in their work only, and only those who know of it.' })
export class AddContactInput extends ContactFields {
  @Field(() => ID, { description: 'Your actor, or a programme of it.' })
  of!: string;

  @Field(() => String, { description: 'What to call them.' })
  name!: string;

  @Field(() => String, { description: 'What to write to them about.' })
  purpose!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Chosen once per intention: a retry with the same key creates nothing twice. Put nothing personal in it.',
  })
  clientMutationKey?: string | null;
}

@InputType({ description: 'Fields left out stay as they are; null clears.' })
export class ReviseContactInput extends ContactFields {
  @Field(() => ID, { description: 'Which contact.' })
  id!: string;

  @Field(() => Int, { description: 'The version you have read.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'What to call them.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What to write to them about.' })
  purpose?: string | null;
}

@InputType({ description: 'An erased contact does not come back.' })
export class EraseContactInput {
  @Field(() => ID, { description: 'Which contact.' })
  id!: string;
}

export const AddContactResult = resultOf('AddContactResult', Contact);
export const ReviseContactResult = resultOf('ReviseContactResult', Contact);
export const EraseContactResult = resultOf('EraseContactResult', ErasedContact);
