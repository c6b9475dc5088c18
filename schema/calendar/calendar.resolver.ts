import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { CalendarService } from '../../core/calendar/calendar.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import { Campaign } from '../campaigns/campaign.types.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  AddCalendarEntryInput,
  AddCalendarEntryResult,
  CancelCalendarEntryInput,
  CancelCalendarEntryResult,
  ReviseCalendarEntryInput,
  ReviseCalendarEntryResult,
} from './calendar.inputs.ts';
import { CalendarEntryConnection, CalendarEntryOrder, CalendarFilter, CampaignEntryFilter } from './calendar.types.ts';

@Resolver()
export class CalendarResolver {
  constructor(
    private readonly service: CalendarService,
    private readonly reads: Reads,
  ) {}

  @Query(() => CalendarEntryConnection, {
    description: 'What happens in some days. By start unless ordered otherwise.',
  })
  calendar(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CalendarFilter) _filter: CalendarFilter,
    @Arg('orderBy', () => CalendarEntryOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'CalendarEntry', selectionPassedOn(info));
  }

  @Mutation(() => AddCalendarEntryResult, { description: 'Adds a dated piece to a campaign.' })
  async addCalendarEntry(
    @Arg('input', () => AddCalendarEntryInput) input: AddCalendarEntryInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'CalendarEntry', await this.service.add(context.viewer, input));
  }

  @Mutation(() => ReviseCalendarEntryResult, {
    description: 'Changes an entry, and the days of its campaign where that takes them from its entries.',
  })
  async reviseCalendarEntry(
    @Arg('input', () => ReviseCalendarEntryInput) input: ReviseCalendarEntryInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'CalendarEntry', await this.service.revise(context.viewer, input));
  }

  @Mutation(() => CancelCalendarEntryResult, {
    description: 'Calls an entry off for good. It stays in the calendar as cancelled.',
  })
  async cancelCalendarEntry(
    @Arg('input', () => CancelCalendarEntryInput) input: CancelCalendarEntryInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'CalendarEntry', await this.service.cancel(context.viewer, input));
  }
}

/** What the calendar adds to campaigns. */
@Resolver(() => Campaign)
export class CampaignEntriesResolver {
  @FieldResolver(() => CalendarEntryConnection, { description: 'Its dated pieces. By start unless ordered otherwise.' })
  entries(
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CampaignEntryFilter, { nullable: true }) _filter?: CampaignEntryFilter,
    @Arg('orderBy', () => CalendarEntryOrder, { nullable: true }) _orderBy?: object,
  ): object {
    return projected();
  }
}
