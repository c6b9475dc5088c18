import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { previewAs } from '../../core/access/preview-as.ts';
import { fieldOf } from '../../core/projection/selection.ts';
import { readViewer } from '../../core/access/viewer.reads.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { RequestContext } from '../context.ts';
import { Node } from '../node.ts';
import { PreviewAsInput, RecordPreview } from './preview-as.types.ts';
import { selectionOf, selectionPassedOn } from '../selection.ts';
import { Viewer } from './viewer.types.ts';

@Resolver()
export class ViewerResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => Viewer, { description: 'Who is asking, and for whom.' })
  viewer(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return readViewer(this.reads, context.viewer, selectionOf(info));
  }

  @Query(() => RecordPreview, {
    nullable: true,
    description: "How somebody else sees a record of the actor you act for. Null when it is not that actor's.",
  })
  previewAs(
    @Arg('id', () => ID) id: string,
    @Arg('as', () => PreviewAsInput) as: PreviewAsInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return previewAs(context.reads, context.viewer, id, as, fieldOf(selectionOf(info), 'seen'));
  }

  @Query(() => Node, {
    nullable: true,
    description:
      'Any record by its id; of an actor that was merged, the survivor. Null when there is none or the viewer may not see it.',
  })
  node(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.reads.node(context.viewer, id, selectionPassedOn(info));
  }
}
