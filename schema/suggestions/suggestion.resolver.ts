import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Reads } from '../../core/projection/reads.ts';
import type { SuggestionService } from '../../core/suggestions/suggestion.service.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { type Delivery, delivered, follow, given } from '../follow.ts';
import { PageArgs } from '../lists.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  DismissSuggestionInput,
  DismissSuggestionResult,
  Suggestion,
  SuggestionConnection,
  SuggestionFilter,
  SuggestionOrder,
} from './suggestion.types.ts';

@Resolver()
export class SuggestionResolver {
  constructor(
    private readonly service: SuggestionService,
    private readonly reads: Reads,
  ) {}

  @Query(() => SuggestionConnection, {
    description:
      'What could be done together, or need not be done twice. By rank, the highest first, unless ordered otherwise.',
  })
  suggestions(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => SuggestionFilter, { nullable: true }) _filter?: SuggestionFilter,
    @Arg('orderBy', () => SuggestionOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Suggestion', selectionPassedOn(info));
  }

  @Mutation(() => DismissSuggestionResult, {
    description:
      'Dismisses an open suggestion for everybody. Coordinators may, and editors and planners of its participants. Much the same is not suggested again.',
  })
  async dismissSuggestion(
    @Arg('input', () => DismissSuggestionInput) input: DismissSuggestionInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Suggestion', await this.service.dismiss(context.viewer, input));
  }

  @Subscription(() => Suggestion, {
    description:
      'Each suggestion that is made, changes, is decided on or reveals somebody to you, as it is when it reaches you.',
    subscribe: ({ args, context, info }) => {
      const filter = given({ corridor: args['corridor'], addressedToMe: args['addressedToMe'] });
      return follow(context as RequestContext, info, {
        kind: 'suggestion.changed',
        private: 'suggestion.revealed',
        type: 'Suggestion',
        filter,
      });
    },
  })
  suggestionChanged(
    @Root() delivery: Delivery,
    @Arg('corridor', () => String, { nullable: true, description: 'Only on this corridor.' }) _corridor?: string,
    @Arg('addressedToMe', () => Boolean, {
      nullable: true,
      description: 'True: only with your actor among the participants.',
    })
    _addressedToMe?: boolean,
  ): unknown {
    return delivered(delivery);
  }
}
