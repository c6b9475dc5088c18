import { Extensions, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { MADE_IN_CODE } from '../made-in-code.ts';
import { NotificationKind } from './notification.types.ts';

export enum DigestFrequency {
  DAILY = 'DAILY',
  WEEKLY = 'WEEKLY',
  NONE = 'NONE',
}
registerEnumType(DigestFrequency, { name: 'DigestFrequency', description: 'How often a digest is sent.' });

export enum RecipientState {
  ACTIVE = 'ACTIVE',
  STOPPED = 'STOPPED',
  UNREACHABLE = 'UNREACHABLE',
}
registerEnumType(RecipientState, {
  name: 'RecipientState',
  description: 'What becomes of a recipient of digests.',
  valuesConfig: {
    ACTIVE: { description: 'Gets digests, if the contact has an e-mail address.' },
    STOPPED: { description: 'Asked to get no more of them.' },
    UNREACHABLE: { description: 'The mail server refused the address three times in a row.' },
  },
});

@Extensions(MADE_IN_CODE)
@ObjectType({ description: 'A contact of your actor to whom digests go.' })
export class DigestRecipient {
  @Field(() => ID, { description: 'The contact: see `contacts`. It is gone from here once it is erased.' })
  contactId!: string;

  @Field(() => RecipientState, { description: 'Take a stopped one out and put it in again to have it written to.' })
  state!: RecipientState;
}

@Extensions(MADE_IN_CODE)
@ObjectType({
  description:
    'How your actor is told by mail. The inbox holds everything whatever is said here. A mail names records shown to the public or to members only; of what is shared with partners it counts that there is something, of what is restricted and of who endorsed what it is silent.',
})
export class NotificationPreferences {
  @Field(() => Int, { description: 'Pass as `expectedVersion` when changing them. 0: nobody has said anything yet.' })
  version!: number;

  @Field(() => [NotificationKind], { description: 'Of what a digest tells. Default: all.' })
  kinds!: NotificationKind[];

  @Field(() => DigestFrequency, { description: 'Default NONE. Nothing is sent where nothing is new.' })
  digest!: DigestFrequency;

  @Field(() => Int, { description: 'The day of a weekly digest, 1 (Monday, the default) to 7.' })
  weekday!: number;

  @Field(() => [DigestRecipient], { description: 'To whom, each in a mail of its own.' })
  mailTo!: DigestRecipient[];

  @Field(() => String, { description: 'BCP 47. Reserved: mails are in English.' })
  language!: string;
}

@InputType({ description: 'Fields left out stay as they are.' })
export class SetNotificationPreferencesInput {
  @Field(() => Int, { description: 'The version you have read; 0 the first time.' })
  expectedVersion!: number;

  @Field(() => [NotificationKind], { nullable: true, description: 'Of what a digest tells.' })
  kinds?: NotificationKind[] | null;

  @Field(() => DigestFrequency, { nullable: true })
  digest?: DigestFrequency | null;

  @Field(() => Int, { nullable: true, description: '1 (Monday) to 7.' })
  weekday?: number | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All contacts of your actor to whom digests go, at most 20; the list replaces the one before.',
  })
  mailTo?: string[] | null;

  @Field(() => String, { nullable: true, description: 'BCP 47. Reserved.' })
  language?: string | null;
}

export const SetNotificationPreferencesResult = resultOf('SetNotificationPreferencesResult', NotificationPreferences);
