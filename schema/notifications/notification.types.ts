import { Extensions, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { connectionOf } from '../connection.ts';
import { MADE_IN_CODE } from '../made-in-code.ts';
import { Node } from '../node.ts';
import { ChangeToken, DateTime } from '../scalars.ts';

export enum NotificationKind {
  NEW_OVERLAP = 'NEW_OVERLAP',
  NEW_SUGGESTION = 'NEW_SUGGESTION',
  SUGGESTION_REVEALED = 'SUGGESTION_REVEALED',
  INVITATION = 'INVITATION',
  APPROVAL_NEEDED = 'APPROVAL_NEEDED',
  ENDS_SOON = 'ENDS_SOON',
  NOT_CONFIRMED = 'NOT_CONFIRMED',
  CONTRADICTION = 'CONTRADICTION',
  REVIEW_DUE = 'REVIEW_DUE',
}
registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What a notification is about.',
  valuesConfig: {
    NEW_OVERLAP: { description: 'A record of your actor meets another one.' },
    NEW_SUGGESTION: { description: 'A suggestion is addressed to your actor; coordinators are told of all.' },
    SUGGESTION_REVEALED: { description: 'Others endorsed the same suggestion as your actor, and are shown to it.' },
    INVITATION: { description: 'Your actor is invited to take part.' },
    APPROVAL_NEEDED: { description: 'Something waits for approval; for coordinators, an actor to be vetted.' },
    ENDS_SOON: { description: 'A programme or campaign of your actor ends within 30 days, and again within 5.' },
    NOT_CONFIRMED: { description: 'A tentative calendar entry has not been changed for 90 days.' },
    CONTRADICTION: { description: 'Messages to the same people take opposed stances.' },
    REVIEW_DUE: { description: 'A section of the guidance, a message or a vetting has to be looked at again.' },
  },
});

@ObjectType({
  implements: Node,
  description:
    'Something that your actor should know, or coordinators. It is there for as long as you may see what it is about, at most 90 days; an inbox keeps the latest 500.',
})
export class Notification extends Node {
  @Field(() => NotificationKind)
  kind!: NotificationKind;

  @Field(() => String, { description: 'One English sentence, from what you may see at this moment.' })
  sentence!: string;

  @Field(() => Node, { description: 'What it is about.' })
  subject!: Node;

  @Field(() => DateTime, { description: 'When the hub noticed.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When somebody who acts for the same actor, or another coordinator, marked it as read. Null: unread.',
  })
  readAt!: Date | null;
}

export const NotificationConnection = connectionOf(Notification);

@InputType({ description: 'Filters combine with AND; the values of one list mean OR.' })
export class NotificationFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: only those not read; false: only those read.' })
  unread?: boolean | null;

  @Field(() => [NotificationKind], { nullable: true })
  kinds?: NotificationKind[] | null;

  @Field(() => ChangeToken, { nullable: true })
  changedAfter?: string | null;
}

@InputType({ description: 'At least one of both.' })
export class MarkReadInput {
  @Field(() => [ID], { nullable: true, description: 'These; at most 100.' })
  ids?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'This one and all that are older.' })
  upTo?: string | null;
}

@Extensions(MADE_IN_CODE)
@ObjectType({ description: 'An inbox after something was marked as read.' })
export class MarkedRead {
  @Field(() => Int, { description: 'How many were unread before.' })
  marked!: number;

  @Field(() => Int, { description: 'How many are left that are not read.' })
  unread!: number;
}

export const MarkReadResult = resultOf('MarkReadResult', MarkedRead);
