import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { readCalendarFeeds } from '../../core/feeds/feed.reads.ts';
import type { FeedService, IssueFeedOutcome } from '../../core/feeds/feed.service.ts';
import { saved } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { fieldsOn } from '../../core/projection/selection.ts';
import { answer, problemOf } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import {
  CalendarFeed,
  IssueCalendarFeedInput,
  IssueCalendarFeedResult,
  RevokeCalendarFeedInput,
  RevokeCalendarFeedResult,
} from './feed.types.ts';

@Resolver()
export class CalendarFeedResolver {
  /** @param publicUrl where people reach the hub, without a slash at its end */
  constructor(
    private readonly service: FeedService,
    private readonly reads: Reads,
    private readonly publicUrl: string,
  ) {}

  @Query(() => [CalendarFeed], {
    description:
      'The calendar feeds that you have issued, and for editors all of their actor, the first issued first, without those revoked; at most 500.',
  })
  calendarFeeds(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readCalendarFeeds(this.reads, context.viewer, selectionOf(info));
  }

  @Mutation(() => IssueCalendarFeedResult, {
    description: 'Makes a calendar that calendar programs can subscribe to. A key or person has at most 20 at a time.',
  })
  async issueCalendarFeed(
    @Arg('input', () => IssueCalendarFeedInput) input: IssueCalendarFeedInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.issued(context, info, await this.service.issue(context.viewer, input));
  }

  @Mutation(() => RevokeCalendarFeedResult, {
    description:
      'Ends a calendar feed: its address finds nothing from the next read on. A second time changes nothing.',
  })
  async revokeCalendarFeed(
    @Arg('input', () => RevokeCalendarFeedInput) input: RevokeCalendarFeedInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'CalendarFeed', await this.service.revoke(context.viewer, input));
  }

  /** The feed as read back, and beside it the address, which nobody can read. */
  private async issued(context: RequestContext, info: GraphQLResolveInfo, outcome: IssueFeedOutcome): Promise<unknown> {
    if (outcome.kind !== 'issued') return problemOf(outcome);
    const read = await answer(this.reads, context, info, 'IssuedCalendarFeed', saved(outcome.id));
    const url = `${this.publicUrl}/calendars/${outcome.token}.ics`;
    const urls = fieldsOn(selectionOf(info), 'IssuedCalendarFeed').filter(({ field }) => field === 'url');
    return Object.assign({}, read, Object.fromEntries(urls.map(({ key }) => [key, url])));
  }
}
