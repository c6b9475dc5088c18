import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { InterestService } from '../../core/interests/interest.service.ts';
import { readInterestMap } from '../../core/interests/interest.reads.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { selectionOf, selectionPassedOn } from '../selection.ts';
import {
  ContributionInterestConnection,
  ContributionInterestFilter,
  ContributionInterestOrder,
  DeclareInterestInput,
  DeclareInterestResult,
  InterestCell,
  WithdrawInterestInput,
  ReviseInterestInput,
  ReviseInterestResult,
  WithdrawInterestResult,
} from './interest.types.ts';

@Resolver()
export class InterestResolver {
  constructor(
    private readonly service: InterestService,
    private readonly reads: Reads,
  ) {}

  @Query(() => ContributionInterestConnection, {
    description:
      'Who wants to contribute to what. Members see what is current of verified actors that they see; coordinators see all. By topic unless ordered otherwise.',
  })
  contributionInterests(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => ContributionInterestFilter, { nullable: true }) _filter?: ContributionInterestFilter,
    @Arg('orderBy', () => ContributionInterestOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'ContributionInterest', selectionPassedOn(info));
  }

  @Query(() => [InterestCell], {
    description:
      'How many verified actors want to contribute to what now, by topic and country; counted are those whom you see: coordinators see all.',
  })
  interestMap(@Ctx() { viewer }: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readInterestMap(this.reads, viewer, selectionOf(info));
  }

  @Mutation(() => DeclareInterestResult, {
    description: 'Declares what your actor wants to contribute to. Its editors may.',
  })
  async declareInterest(
    @Arg('input', () => DeclareInterestInput) input: DeclareInterestInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.declare(context.viewer, input));
  }

  @Mutation(() => ReviseInterestResult, { description: 'Changes what your actor declared.' })
  async reviseInterest(
    @Arg('input', () => ReviseInterestInput) input: ReviseInterestInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.revise(context.viewer, input));
  }

  @Mutation(() => WithdrawInterestResult, { description: 'Takes an interest back for good.' })
  async withdrawInterest(
    @Arg('input', () => WithdrawInterestInput) input: WithdrawInterestInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.withdraw(context.viewer, input));
  }

  private answer(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'ContributionInterest', outcome);
  }
}
