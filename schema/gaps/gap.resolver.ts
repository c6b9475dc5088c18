import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { Reads } from '../../core/projection/reads.ts';
import { BadRequest } from '../../core/projection/selection.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { selectionPassedOn } from '../selection.ts';
import { GapConnection, GapFilter } from './gap.types.ts';

@Resolver()
export class GapResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => GapConnection, {
    description:
      'Needs that nobody answers, by score, the highest first. Found anew whenever something on the corridor or an insight changes, and each day. Empty for whoever neither acts for a verified actor nor coordinates.',
  })
  gaps(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => GapFilter) { corridor, country }: GapFilter,
  ): Promise<unknown> {
    if (!corridor && !country) throw new BadRequest('gaps: name a corridor or a country in filter.');
    return this.reads.connection(context.viewer, 'Gap', selectionPassedOn(info));
  }
}
