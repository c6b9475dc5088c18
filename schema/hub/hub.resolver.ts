import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { FailedJobService } from '../../core/hub/failed-job.service.ts';
import { readHubHealth, readHubStatus } from '../../core/hub/hub.reads.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { RequestContext } from '../context.ts';
import { answer } from '../answer.ts';
import { needs } from '../scope.ts';
import { selectionOf, selectionPassedOn } from '../selection.ts';
import {
  DiscardJobInput,
  DiscardJobResult,
  FailedJobArgs,
  FailedJobConnection,
  RetryJobInput,
  RetryJobResult,
} from './failed-job.types.ts';
import { HubHealth } from './hub-health.types.ts';
import { HubStatus } from './hub.types.ts';

@Resolver()
export class HubResolver {
  constructor(
    private readonly failedJobService: FailedJobService,
    private readonly reads: Reads,
  ) {}

  @Query(() => HubStatus, { description: 'Versions, queue, and how much there is.' })
  hub(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readHubStatus(this.reads, context.viewer, selectionOf(info));
  }

  @Query(() => HubHealth, {
    nullable: true,
    description:
      'How the queues, the outbox and the audit stand. Null: no worker has given a sign of life for 10 seconds, or you are no coordinator; it moves with hidden things too.',
  })
  hubHealth(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readHubHealth(this.reads, context.viewer, selectionOf(info));
  }

  @Query(() => FailedJobConnection, {
    description:
      'Jobs that used up their attempts, the last first: of each queue the latest 200, as of some seconds ago. Empty for whoever is no coordinator.',
  })
  failedJobs(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => FailedJobArgs) _args: FailedJobArgs,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'FailedJob', selectionPassedOn(info));
  }

  @needs('operate')
  @Mutation(() => RetryJobResult, {
    description: 'A coordinator has a failed job begin anew, with all its attempts. It leaves the list in a moment.',
  })
  async retryJob(
    @Arg('input', () => RetryJobInput) input: RetryJobInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'FailedJob', await this.failedJobService.retry(context.viewer, input));
  }

  @needs('operate')
  @Mutation(() => DiscardJobResult, {
    description:
      'A coordinator has a failed job forgotten: what it was to do is not done. It leaves the list in a moment.',
  })
  async discardJob(
    @Arg('input', () => DiscardJobInput) input: DiscardJobInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'FailedJob', await this.failedJobService.discard(context.viewer, input));
  }
}
