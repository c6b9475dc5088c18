import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import { readPresence } from '../../core/presence/presence.reads.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { PresenceCell } from './presence.types.ts';

@Resolver()
export class PresenceResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => [PresenceCell], {
    description:
      'Where and when at least three other verified actors work, whoever they are, from the present quarter to the eleventh after it; by corridor and quarter. Refreshed weekly, on Mondays. Empty for whoever neither acts for a verified actor nor coordinates.',
  })
  presence(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('corridors', () => [String], { nullable: true, description: 'Corridor codes; all when left out.' })
    corridors?: string[] | null,
  ): Promise<unknown> {
    return readPresence(this.reads, viewer, corridors ?? null, selectionOf(info));
  }
}
