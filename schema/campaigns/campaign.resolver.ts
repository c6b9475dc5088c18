import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { CampaignService } from '../../core/campaigns/campaign.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { Actor } from '../actors/actor.types.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { Programme } from '../programmes/programme.types.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  CancelCampaignInput,
  CancelCampaignResult,
  PlanCampaignInput,
  PlanCampaignResult,
  RescheduleCampaignInput,
  RescheduleCampaignResult,
  ReviseCampaignInput,
  ReviseCampaignResult,
} from './campaign.inputs.ts';
import { CampaignConnection, CampaignFilter, CampaignOrder } from './campaign.types.ts';

@Resolver()
export class CampaignResolver {
  constructor(
    private readonly service: CampaignService,
    private readonly reads: Reads,
  ) {}

  @Query(() => CampaignConnection, { description: 'Communication efforts. By name unless ordered otherwise.' })
  campaigns(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CampaignFilter, { nullable: true }) _filter?: CampaignFilter,
    @Arg('orderBy', () => CampaignOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Campaign', selectionPassedOn(info));
  }

  @Mutation(() => PlanCampaignResult, { description: 'Plans a campaign, inside a programme or on its own.' })
  async planCampaign(
    @Arg('input', () => PlanCampaignInput) input: PlanCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Campaign', await this.service.plan(context.viewer, input));
  }

  @Mutation(() => ReviseCampaignResult, { description: 'Changes a campaign, and what its entries inherit from it.' })
  async reviseCampaign(
    @Arg('input', () => ReviseCampaignInput) input: ReviseCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Campaign', await this.service.revise(context.viewer, input));
  }

  @Mutation(() => RescheduleCampaignResult, {
    description: 'Moves a campaign to other days. Its entries stay where they are.',
  })
  async rescheduleCampaign(
    @Arg('input', () => RescheduleCampaignInput) input: RescheduleCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Campaign', await this.service.reschedule(context.viewer, input));
  }

  @Mutation(() => CancelCampaignResult, { description: 'Calls a campaign off for good, with all its entries.' })
  async cancelCampaign(
    @Arg('input', () => CancelCampaignInput) input: CancelCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Campaign', await this.service.cancel(context.viewer, input));
  }
}

/** What campaigns add to actors. */
@Resolver(() => Actor)
export class ActorCampaignsResolver {
  @FieldResolver(() => CampaignConnection, { description: 'Its campaigns. By name unless ordered otherwise.' })
  campaigns(
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CampaignFilter, { nullable: true }) _filter?: CampaignFilter,
    @Arg('orderBy', () => CampaignOrder, { nullable: true }) _orderBy?: object,
  ): object {
    return projected();
  }
}

/** What campaigns add to programmes. */
@Resolver(() => Programme)
export class ProgrammeCampaignsResolver {
  @FieldResolver(() => CampaignConnection, {
    description: 'The campaigns inside it. By name unless ordered otherwise.',
  })
  campaigns(
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CampaignFilter, { nullable: true }) _filter?: CampaignFilter,
    @Arg('orderBy', () => CampaignOrder, { nullable: true }) _orderBy?: object,
  ): object {
    return projected();
  }
}
