import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { BriefService } from '../../core/briefs/brief.service.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { CorridorBrief } from './brief.types.ts';

@Resolver()
export class BriefResolver {
  constructor(private readonly briefs: BriefService) {}

  @Query(() => CorridorBrief, {
    description:
      'A corridor in words and figures: what it is, who works there, what is covered and what is not, and what is ahead.',
  })
  corridorBrief(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('code', () => String, { description: 'Of a corridor, such as `rohingya_andaman`.' }) code: string,
  ): Promise<unknown> {
    return this.briefs.ofCorridor(viewer, code, selectionOf(info));
  }
}
