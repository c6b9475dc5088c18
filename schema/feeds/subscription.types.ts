import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Campaign } from '../campaigns/campaign.types.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars.ts';

export enum SubscriptionState {
  ACTIVE = 'ACTIVE',
  FAILING = 'FAILING',
  PAUSED = 'PAUSED',
  STOPPED = 'STOPPED',
  REMOVED = 'REMOVED',
}
registerEnumType(SubscriptionState, {
  name: 'SubscriptionState',
  description: 'Whether a calendar is followed.',
  valuesConfig: {
    ACTIVE: { description: 'It is looked at every hour.' },
    FAILING: { description: 'It could not be read when it was last looked at, and is tried again at `nextAt`.' },
    PAUSED: { description: 'It is not looked at until somebody resumes it.' },
    STOPPED: {
      description:
        'Whoever subscribed may not write for the actor any more: nothing is written until somebody resumes it.',
    },
    REMOVED: { description: 'It is not followed any more.' },
  },
});

@ObjectType({ description: 'An event of a calendar that did not become an entry.' })
export class RefusedEvent {
  @Field(() => String, { description: 'Its UID, with `#` and the day of an occurrence that was changed.' })
  uid!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType({
  implements: Node,
  description:
    'A calendar kept elsewhere whose events become entries of a campaign. It is looked at every hour; what its owner changed in an entry stays until the calendar changes that too; what it no longer names and is not over is cancelled.',
})
export class CalendarSubscription extends Node {
  @Field(() => String, {
    description: 'Where it is. Often a secret: shown to editors and planners of the actor alone.',
  })
  url!: string;

  @Field(() => Campaign, { nullable: true, description: 'Where its events go. Null: not visible to you.' })
  campaign!: Campaign | null;

  @Field(() => SubscriptionState)
  state!: SubscriptionState;

  @Field(() => DateTime, { nullable: true, description: 'When it was last seen, changed or not. Null: never.' })
  lastFetchedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it could not be read when it was last looked at: `http-404`, `timeout` (5 s), `too-large` (1 MB), `too-many-redirects` (3), `too-many-events` (1,000), `not-a-calendar`, `forbidden-url` (https on its port), `forbidden-address` (the host is not on the public internet), `no-such-host`, `tls`, `compressed`, `unreachable`. Null: it could be.',
  })
  lastError!: string | null;

  @Field(() => Int, {
    description: 'Looks in a row that failed. The pause between them doubles, from a quarter of an hour to a day.',
  })
  failures!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it is looked at next. Null: not until it is resumed.' })
  nextAt!: Date | null;

  @Field(() => Int, { description: 'How many events it had when it was last seen.' })
  events!: number;

  @Field(() => Int, {
    description: 'How many of them are still to become entries. An actor writes 200 a day (UTC); the others follow.',
  })
  waiting!: number;

  @Field(() => [RefusedEvent], { description: 'Those that did not become entries, at most 100.' })
  refused!: RefusedEvent[];

  @Field(() => DateTime)
  createdAt!: Date;
}

@InputType()
export class SubscribeCalendarInput {
  @Field(() => String, {
    description: 'Begins with https:// or webcal://, on a host on the public internet; at most 2,000 characters.',
  })
  url!: string;

  @Field(() => ID, {
    description: 'A campaign of your own actor. Its entries inherit from it what a calendar does not say.',
  })
  campaign!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Chosen once per intention: a retry with the same key creates nothing twice.',
  })
  clientMutationKey?: string | null;
}

@InputType()
export class PauseCalendarSubscriptionInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class ResumeCalendarSubscriptionInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class RemoveCalendarSubscriptionInput {
  @Field(() => ID)
  id!: string;
}

export const SubscribeCalendarResult = resultOf('SubscribeCalendarResult', CalendarSubscription);
export const PauseCalendarSubscriptionResult = resultOf('PauseCalendarSubscriptionResult', CalendarSubscription);
export const ResumeCalendarSubscriptionResult = resultOf('ResumeCalendarSubscriptionResult', CalendarSubscription);
export const RemoveCalendarSubscriptionResult = resultOf('RemoveCalendarSubscriptionResult', CalendarSubscription);
