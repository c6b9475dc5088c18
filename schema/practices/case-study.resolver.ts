import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { Outcome } from '../../core/outcome.ts';
import type { PracticeService } from '../../core/practices/practice.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionPassedOn } from '../selection.ts';
import { Suggestion } from '../suggestions/suggestion.types.ts';
import {
  DraftCaseStudyInput,
  DraftCaseStudyResult,
  FeatureCaseStudyInput,
  FeatureCaseStudyResult,
  PublishCaseStudyInput,
  PublishCaseStudyResult,
  ReviseCaseStudyInput,
  ReviseCaseStudyResult,
  WithdrawCaseStudyInput,
  WithdrawCaseStudyResult,
} from './case-study.inputs.ts';
import { CaseStudy, CaseStudyConnection, CaseStudyFilter, CaseStudyOrder } from './case-study.types.ts';

@Resolver()
export class CaseStudyResolver {
  constructor(
    private readonly service: PracticeService,
    private readonly reads: Reads,
  ) {}

  @Query(() => CaseStudyConnection, {
    description:
      'What others have done and what came of it, and drafts of your own. The latest published first, unless ordered otherwise.',
  })
  caseStudies(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CaseStudyFilter, { nullable: true }) _filter?: CaseStudyFilter,
    @Arg('orderBy', () => CaseStudyOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'CaseStudy', selectionPassedOn(info));
  }

  @Mutation(() => DraftCaseStudyResult, { description: 'Begins a case study of your actor. Nobody else sees a draft.' })
  async draftCaseStudy(
    @Arg('input', () => DraftCaseStudyInput) input: DraftCaseStudyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.draft(context.viewer, input));
  }

  @Mutation(() => ReviseCaseStudyResult, {
    description: "Changes what a case study says. A published one is changed by its owner's editors.",
  })
  async reviseCaseStudy(
    @Arg('input', () => ReviseCaseStudyInput) input: ReviseCaseStudyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.revise(context.viewer, input));
  }

  @Mutation(() => PublishCaseStudyResult, {
    description:
      "Shows a case study to those for whom it is, by an editor of its owner. From then on it may be suggested to those who could replicate it. Counts in your day's budget of previews.",
  })
  async publishCaseStudy(
    @Arg('input', () => PublishCaseStudyInput) input: PublishCaseStudyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.publish(context.viewer, input));
  }

  @Mutation(() => WithdrawCaseStudyResult, {
    description: 'Takes a case study back for good, by an editor of its owner. Nobody else sees it any more.',
  })
  async withdrawCaseStudy(
    @Arg('input', () => WithdrawCaseStudyInput) input: WithdrawCaseStudyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.withdraw(context.viewer, input));
  }

  @Mutation(() => FeatureCaseStudyResult, {
    description: 'Recommends a published case study to everybody who sees it, or no longer. Coordinators may.',
  })
  async featureCaseStudy(
    @Arg('input', () => FeatureCaseStudyInput) input: FeatureCaseStudyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.feature(context.viewer, input));
  }

  private answer(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'CaseStudy', outcome);
  }
}

/** What practices add to suggestions. */
@Resolver(() => Suggestion)
export class SuggestionPracticeResolver {
  @FieldResolver(() => CaseStudy, {
    nullable: true,
    description:
      'What it proposes to replicate. Null: it is of another kind, or the case study is not there for you any more.',
  })
  practice(): object {
    return projected();
  }
}
