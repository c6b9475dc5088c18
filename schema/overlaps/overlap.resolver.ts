import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { OverlapPreviews } from '../../core/overlaps/overlap-previews.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { RequestContext } from '../context.ts';
import { type Delivery, delivered, follow, given } from '../follow.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionOf, selectionPassedOn } from '../selection.ts';
import { Suggestion } from '../suggestions/suggestion.types.ts';
import {
  Overlap,
  OverlapConnection,
  OverlapFilter,
  OverlapOrder,
  OverlapPreview,
  PreviewOverlapsInput,
} from './overlap.types.ts';

@Resolver()
export class OverlapResolver {
  constructor(
    private readonly previews: OverlapPreviews,
    private readonly reads: Reads,
  ) {}

  @Query(() => OverlapConnection, {
    description:
      'Who works at the same place or on the same corridor. By strength, the strongest first, unless ordered otherwise.',
  })
  overlaps(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => OverlapFilter, { nullable: true }) _filter?: OverlapFilter,
    @Arg('orderBy', () => OverlapOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Overlap', selectionPassedOn(info));
  }

  @Query(() => [OverlapPreview], {
    description:
      'What a footprint would overlap with if it were registered, the strongest first, at most three of one other owner. Nothing is written.',
  })
  previewOverlaps(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => PreviewOverlapsInput) input: PreviewOverlapsInput,
    @Arg('first', () => Int, { defaultValue: 20, description: '1 to 100.' }) first: number,
  ): Promise<unknown> {
    return this.previews.preview(viewer, input, first, selectionOf(info));
  }

  @Subscription(() => Overlap, {
    description: 'Each overlap that is found, as it is when it reaches you.',
    subscribe: ({ args, context, info }) => {
      const filter = given({ of: args['of'] });
      return follow(context as RequestContext, info, { kind: 'overlap.found', type: 'Overlap', filter });
    },
  })
  overlapFound(
    @Root() delivery: Delivery,
    @Arg('of', () => ID, {
      nullable: true,
      description: 'Only of this actor, or of this programme, campaign or calendar entry and its parts.',
    })
    _of?: string,
  ): unknown {
    return delivered(delivery);
  }
}

/** Completes suggestions with the overlaps that they are made of. */
@Resolver(() => Suggestion)
export class SuggestionOverlapsResolver {
  @FieldResolver(() => OverlapConnection, { description: 'The stored overlaps between its participants.' })
  overlaps(@Args(() => PageArgs) _page: PageArgs): unknown {
    return projected();
  }
}
