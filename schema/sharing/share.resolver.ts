import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import type { Reads } from '../../core/projection/reads.ts';
import type { ShareService } from '../../core/sharing/share.service.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { projected } from '../node.ts';
import { Programme } from '../programmes/programme.types.ts';
import {
  RevokeShareInput,
  RevokeShareResult,
  Share,
  ShareProgrammeInput,
  ShareProgrammeResult,
} from './share.types.ts';

@Resolver()
export class ShareResolver {
  constructor(
    private readonly service: ShareService,
    private readonly reads: Reads,
  ) {}

  @Mutation(() => ShareProgrammeResult, { description: 'Lets one actor see a programme that not everybody may see.' })
  async shareProgramme(
    @Arg('input', () => ShareProgrammeInput) input: ShareProgrammeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Share', await this.service.share(context.viewer, input));
  }

  @Mutation(() => RevokeShareResult, { description: 'Ends a share at once.' })
  async revokeShare(
    @Arg('input', () => RevokeShareInput) input: RevokeShareInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Share', await this.service.revoke(context.viewer, input));
  }
}

/** What sharing adds to programmes. */
@Resolver(() => Programme)
export class ProgrammeSharesResolver {
  @FieldResolver(() => [Share], {
    description:
      'With whom it is shared or was. All to its owner and coordinators, its own to an actor it is shared with.',
  })
  shares(): object {
    return projected();
  }
}
