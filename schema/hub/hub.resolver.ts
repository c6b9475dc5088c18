import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Info, Query, Resolver } from 'type-graphql';
import { readHubStatus } from '../../core/hub/hub.reads.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { HubStatus } from './hub.types.ts';

@Resolver()
export class HubResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => HubStatus, { description: 'Versions, queue, and how much there is.' })
  hub(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readHubStatus(this.reads, context.viewer, selectionOf(info));
  }
}
