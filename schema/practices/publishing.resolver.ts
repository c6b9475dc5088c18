import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { PublishingService } from '../../core/joint-campaigns/publishing.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PublishAsCaseStudyInput, PublishAsCaseStudyResult } from './publishing.types.ts';

/** The way from a joint campaign to practices. */
@Resolver()
export class PublishingResolver {
  constructor(
    private readonly service: PublishingService,
    private readonly reads: Reads,
  ) {}

  @Mutation(() => PublishAsCaseStudyResult, {
    description:
      "Makes a published case study of an outcome that you recorded and to which all who take part agreed, by an editor of its owner. It names neither the joint campaign nor who took part. From then on it may be suggested to those who could replicate it. Counts in your day's budget of previews.",
  })
  async publishAsCaseStudy(
    @Arg('input', () => PublishAsCaseStudyInput) input: PublishAsCaseStudyInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'CaseStudy', await this.service.publish(context.viewer, input));
  }
}
