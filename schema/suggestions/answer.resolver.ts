import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { Outcome } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { AnswerService } from '../../core/suggestions/answer.service.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { AnswerSuggestionInput } from './answer.types.ts';
import { AnswerSuggestionResult } from './suggestion.types.ts';

@Resolver()
export class AnswerResolver {
  constructor(
    private readonly service: AnswerService,
    private readonly reads: Reads,
  ) {}

  @Mutation(() => AnswerSuggestionResult, {
    description:
      'Endorses an open suggestion in private, for editors and planners of its participants. Once enough of them endorsed the same version, they are revealed to each other and to nobody else.',
  })
  async endorseSuggestion(
    @Arg('input', () => AnswerSuggestionInput) input: AnswerSuggestionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.service.endorse(context.viewer, input));
  }

  @Mutation(() => AnswerSuggestionResult, {
    description:
      'Declines an open suggestion in private, for editors and planners of its participants. To all others it looks like silence.',
  })
  async declineSuggestion(
    @Arg('input', () => AnswerSuggestionInput) input: AnswerSuggestionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.service.decline(context.viewer, input));
  }

  @Mutation(() => AnswerSuggestionResult, {
    description:
      'Withdraws the answer of your actor. From now on it is revealed to nobody and nobody to it; what was seen before cannot be unseen.',
  })
  async withdrawAnswer(
    @Arg('input', () => AnswerSuggestionInput) input: AnswerSuggestionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.service.withdraw(context.viewer, input));
  }

  private told(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'Suggestion', outcome);
  }
}
