import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { Reads } from '../../core/projection/reads.ts';
import type { RankingService } from '../../core/suggestions/ranking.service.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { RankingInput } from './ranking.types.ts';
import { RankingResult } from './suggestion.types.ts';

@Resolver()
export class RankingResolver {
  constructor(
    private readonly service: RankingService,
    private readonly reads: Reads,
  ) {}

  @Mutation(() => RankingResult, {
    description:
      'Lets what was decided so far about suggestions of this kind and corridor count no more for their order, for coordinators. The order follows within moments.',
  })
  async resetRanking(
    @Arg('input', () => RankingInput) input: RankingInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Suggestion', await this.service.reset(context.viewer, input));
  }

  @Mutation(() => RankingResult, {
    description: 'Undoes resetRanking: everything that was ever decided counts again. For coordinators.',
  })
  async restoreRanking(
    @Arg('input', () => RankingInput) input: RankingInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Suggestion', await this.service.restore(context.viewer, input));
  }
}
