import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { NameQuestionService } from '../../core/names/name-question.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { selectionOf } from '../selection.ts';
import {
  ConfirmNameMatchInput,
  ConfirmNameMatchResult,
  NameQuestionConnection,
  NameQuestionFilter,
  RefuseNameMatchInput,
  RefuseNameMatchResult,
} from './name-question.types.ts';

@Resolver()
export class NameQuestionResolver {
  constructor(
    private readonly service: NameQuestionService,
    private readonly reads: Reads,
  ) {}

  @Query(() => NameQuestionConnection, {
    description:
      'Names in your files of which a person is to say, or has said, which actor they mean. The earliest first.',
  })
  nameQuestions(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => NameQuestionFilter, { nullable: true }) _filter?: NameQuestionFilter,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'NameQuestion', selectionOf(info));
  }

  @Mutation(() => ConfirmNameMatchResult, {
    description:
      'Says which actor a name in your files means. It is remembered for the files to come, and may be changed.',
  })
  async confirmNameMatch(
    @Arg('input', () => ConfirmNameMatchInput) input: ConfirmNameMatchInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'NameQuestion', await this.service.confirm(context.viewer, input));
  }

  @Mutation(() => RefuseNameMatchResult, {
    description: 'Says that a name in your files means none of the candidates: they are not proposed for it again.',
  })
  async refuseNameMatch(
    @Arg('input', () => RefuseNameMatchInput) input: RefuseNameMatchInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'NameQuestion', await this.service.refuse(context.viewer, input));
  }
}
