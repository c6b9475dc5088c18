import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { resultOf } from '../answer.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars.ts';
import { NotificationKind } from './notification.types.ts';

export enum WebhookState {
  ACTIVE = 'ACTIVE',
  FAILING = 'FAILING',
  DISABLED = 'DISABLED',
  REVOKED = 'REVOKED',
}
registerEnumType(WebhookState, {
  name: 'WebhookState',
  description: 'Whether a webhook is called, and answers.',
  valuesConfig: {
    ACTIVE: { description: 'It is called, and the last call was answered.' },
    FAILING: { description: 'It is called, but does not answer as it should.' },
    DISABLED: { description: 'Five deliveries in a row failed for good: it is not called until it answers a ping.' },
    REVOKED: { description: 'It is not called any more.' },
  },
});

export enum DeliveryState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  DROPPED = 'DROPPED',
}
registerEnumType(DeliveryState, {
  name: 'DeliveryState',
  description: 'What became of a call.',
  valuesConfig: {
    PENDING: { description: 'It has not been answered yet, and is tried again: six times in five hours.' },
    FAILED: { description: 'Given up.' },
    DROPPED: {
      description: 'What it would have told of is no longer to be told, or the webhook no longer to be called.',
    },
  },
});

@ObjectType({ description: 'One call of a webhook, with its attempts.' })
export class WebhookDelivery {
  @Field(() => ID, { description: 'The same in the header `Concord-Delivery` of each attempt.' })
  id!: string;

  @Field(() => String, { description: 'A NotificationKind, or PING.' })
  kind!: string;

  @Field(() => DeliveryState)
  state!: DeliveryState;

  @Field(() => Int)
  attempts!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'What became of the last attempt: `http-200`, `timeout`, `tls`, `no-such-host`, `unreachable`, or `forbidden-address`, when the host is not on the public internet. Null: none was made yet.',
  })
  lastResult!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Null: none was made yet.' })
  lastAttemptAt!: Date | null;

  @Field(() => DateTime, { description: 'When there was something to tell.' })
  occurredAt!: Date;
}

@ObjectType({
  implements: Node,
  description:
    'A program that is called when your actor is notified, by POST. The body is JSON: `id` (of the delivery), `kind`, `subject` and `notification` (ids; read them here, under your own rights), `occurredAt`. The header `Concord-Signature` is `t=<seconds since 1970>,v1=<hex>`, with HMAC-SHA-256(secret, t + "." + body): compare it, and refuse what is old. Any status from 200 to 299 within ten seconds is an answer; redirects are not followed.',
})
export class Webhook extends Node {
  @Field(() => String, { description: 'Where it is called.' })
  url!: string;

  @Field(() => [NotificationKind], { description: 'Of what it is told.' })
  kinds!: NotificationKind[];

  @Field(() => WebhookState)
  state!: WebhookState;

  @Field(() => WebhookDelivery, { nullable: true, description: 'Null: there was nothing to tell in 30 days.' })
  lastDelivery!: WebhookDelivery | null;

  @Field(() => DateTime)
  createdAt!: Date;
}

@ObjectType({ description: 'A new webhook, this once with its secret.' })
export class RegisteredWebhook {
  @Field(() => Webhook)
  webhook!: Webhook;

  @Field(() => String, { description: 'The key of the signatures, as text. It is never shown again.' })
  secret!: string;
}

@InputType()
export class RegisterWebhookInput {
  @Field(() => String, {
    description: 'Begins with https://, on a host on the public internet; at most 500 characters.',
  })
  url!: string;

  @Field(() => [NotificationKind], { nullable: true, description: 'Default: all.' })
  kinds?: NotificationKind[] | null;
}

@InputType()
export class RevokeWebhookInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class PingWebhookInput {
  @Field(() => ID)
  id!: string;
}

export const RegisterWebhookResult = resultOf('RegisterWebhookResult', RegisteredWebhook);
export const RevokeWebhookResult = resultOf('RevokeWebhookResult', Webhook);
export const PingWebhookResult = resultOf('PingWebhookResult', Webhook);
