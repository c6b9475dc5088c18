import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { InsightService } from '../../core/insights/insight.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { needs } from '../scope.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  ConfirmInsightInput,
  ConfirmInsightResult,
  RegisterInsightInput,
  RegisterInsightResult,
  ReviseInsightInput,
  ReviseInsightResult,
  WithdrawInsightInput,
  WithdrawInsightResult,
} from './insight.inputs.ts';
import { InsightConnection, InsightFilter, InsightOrder } from './insight.types.ts';

@Resolver()
export class InsightResolver {
  constructor(
    private readonly service: InsightService,
    private readonly reads: Reads,
  ) {}

  @Query(() => InsightConnection, {
    description: 'What is known of audiences. By the last change, the latest first, unless ordered otherwise.',
  })
  insights(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => InsightFilter, { nullable: true }) _filter?: InsightFilter,
    @Arg('orderBy', () => InsightOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Insight', selectionPassedOn(info));
  }

  @Mutation(() => RegisterInsightResult, {
    description:
      'Registers what is known of an audience. What coordinators register counts at once; what editors and planners of a verified actor register is its word until coordinators confirm it.',
  })
  async registerInsight(
    @Arg('input', () => RegisterInsightInput) input: RegisterInsightInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Insight', await this.service.register(context.viewer, input));
  }

  @Mutation(() => ReviseInsightResult, {
    description: 'Changes an insight. Coordinators may, and whoever registered it.',
  })
  async reviseInsight(
    @Arg('input', () => ReviseInsightInput) input: ReviseInsightInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Insight', await this.service.revise(context.viewer, input));
  }

  @Mutation(() => ConfirmInsightResult, { description: 'Makes the insight of an actor count. For coordinators.' })
  @needs('vet')
  async confirmInsight(
    @Arg('input', () => ConfirmInsightInput) input: ConfirmInsightInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Insight', await this.service.confirm(context.viewer, input));
  }

  @Mutation(() => WithdrawInsightResult, {
    description: 'Takes an insight back for good. Coordinators may, and whoever registered it.',
  })
  async withdrawInsight(
    @Arg('input', () => WithdrawInsightInput) input: WithdrawInsightInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Insight', await this.service.withdraw(context.viewer, input));
  }
}
