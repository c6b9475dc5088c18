import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { NotificationService } from '../../core/notifications/notification.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { problemOf } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { selectionPassedOn } from '../selection.ts';
import { MarkReadInput, MarkReadResult, NotificationConnection, NotificationFilter } from './notification.types.ts';

@Resolver()
export class NotificationResolver {
  constructor(
    private readonly service: NotificationService,
    private readonly reads: Reads,
  ) {}

  @Query(() => NotificationConnection, {
    description: 'The inbox of your actor, and of coordinators what is for them; the latest first.',
  })
  notifications(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => NotificationFilter, { nullable: true }) _filter?: NotificationFilter,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Notification', selectionPassedOn(info));
  }

  @Mutation(() => MarkReadResult, {
    description: 'Marks notifications as read, for all who read the same inbox. A second time changes nothing.',
  })
  async markRead(
    @Arg('input', () => MarkReadInput) input: MarkReadInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const outcome = await this.service.markRead(context.viewer, input);
    return outcome.kind === 'marked' ? { __typename: 'MarkedRead', ...outcome } : problemOf(outcome);
  }
}
