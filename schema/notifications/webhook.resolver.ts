import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { readWebhooks } from '../../core/notifications/webhook.reads.ts';
import type { RegisterOutcome, WebhookService } from '../../core/notifications/webhook.service.ts';
import { saved } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { fieldsOn } from '../../core/projection/selection.ts';
import { answer, problemOf } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import {
  PingWebhookInput,
  PingWebhookResult,
  RegisterWebhookInput,
  RegisterWebhookResult,
  RevokeWebhookInput,
  RevokeWebhookResult,
  Webhook,
} from './webhook.types.ts';

@Resolver()
export class WebhookResolver {
  constructor(
    private readonly service: WebhookService,
    private readonly reads: Reads,
  ) {}

  @Query(() => [Webhook], {
    description: 'The webhooks of your actor, the first registered first, at most 10. Empty for whoever is no editor.',
  })
  webhooks(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readWebhooks(this.reads, context.viewer, selectionOf(info));
  }

  @Mutation(() => RegisterWebhookResult, {
    description: 'Has a program called whenever your actor is notified. Editors may. A URL is registered once.',
  })
  async registerWebhook(
    @Arg('input', () => RegisterWebhookInput) input: RegisterWebhookInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.registered(context, info, await this.service.register(context.viewer, input));
  }

  @Mutation(() => RevokeWebhookResult, {
    description: 'Ends a webhook: what waits is not delivered either. A second time changes nothing.',
  })
  async revokeWebhook(
    @Arg('input', () => RevokeWebhookInput) input: RevokeWebhookInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Webhook', await this.service.revoke(context.viewer, input));
  }

  @Mutation(() => PingWebhookResult, {
    description:
      'Calls a webhook once with the kind PING, in a moment: read `lastDelivery` to see what became of it. One that was disabled is called again when it answers.',
  })
  async pingWebhook(
    @Arg('input', () => PingWebhookInput) input: PingWebhookInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Webhook', await this.service.ping(context.viewer, input));
  }

  /** The webhook as read back, and beside it the secret, which nobody can read. */
  private async registered(
    context: RequestContext,
    info: GraphQLResolveInfo,
    outcome: RegisterOutcome,
  ): Promise<unknown> {
    if (outcome.kind !== 'registered') return problemOf(outcome);
    const read = await answer(this.reads, context, info, 'RegisteredWebhook', saved(outcome.id));
    const secrets = fieldsOn(selectionOf(info), 'RegisteredWebhook').filter(({ field }) => field === 'secret');
    return Object.assign({}, read, Object.fromEntries(secrets.map(({ key }) => [key, outcome.secret])));
  }
}
