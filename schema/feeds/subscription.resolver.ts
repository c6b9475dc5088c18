import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { readCalendarSubscriptions } from '../../core/feeds/subscription.reads.ts';
import type { SubscriptionService } from '../../core/feeds/subscription.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import {
  CalendarSubscription,
  PauseCalendarSubscriptionInput,
  PauseCalendarSubscriptionResult,
  RemoveCalendarSubscriptionInput,
  RemoveCalendarSubscriptionResult,
  ResumeCalendarSubscriptionInput,
  ResumeCalendarSubscriptionResult,
  SubscribeCalendarInput,
  SubscribeCalendarResult,
} from './subscription.types.ts';

const TYPE = 'CalendarSubscription';

@Resolver()
export class CalendarSubscriptionResolver {
  constructor(
    private readonly service: SubscriptionService,
    private readonly reads: Reads,
  ) {}

  @Query(() => [CalendarSubscription], {
    description:
      'The calendars that campaigns of your actor follow, the first subscribed first, at most 20. Empty for whoever is neither editor nor planner.',
  })
  calendarSubscriptions(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readCalendarSubscriptions(this.reads, context.viewer, selectionOf(info));
  }

  @Mutation(() => SubscribeCalendarResult, {
    description:
      'Has the events of a calendar become entries of a campaign, with your rights. Read `state` to see whether it works.',
  })
  async subscribeCalendar(
    @Arg('input', () => SubscribeCalendarInput) input: SubscribeCalendarInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, TYPE, await this.service.subscribe(context.viewer, input));
  }

  @Mutation(() => PauseCalendarSubscriptionResult, {
    description: 'Leaves a calendar alone until it is resumed. A second time changes nothing.',
  })
  async pauseCalendarSubscription(
    @Arg('input', () => PauseCalendarSubscriptionInput) input: PauseCalendarSubscriptionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, TYPE, await this.service.pause(context.viewer, input));
  }

  @Mutation(() => ResumeCalendarSubscriptionResult, {
    description: 'Looks at a calendar now, and follows it from now on with your rights.',
  })
  async resumeCalendarSubscription(
    @Arg('input', () => ResumeCalendarSubscriptionInput) input: ResumeCalendarSubscriptionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, TYPE, await this.service.resume(context.viewer, input));
  }

  @Mutation(() => RemoveCalendarSubscriptionResult, {
    description: 'Follows a calendar no more. The entries that came of it stay. A second time changes nothing.',
  })
  async removeCalendarSubscription(
    @Arg('input', () => RemoveCalendarSubscriptionInput) input: RemoveCalendarSubscriptionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, TYPE, await this.service.remove(context.viewer, input));
  }
}
