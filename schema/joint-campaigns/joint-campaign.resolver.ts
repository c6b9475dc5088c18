import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { LeadingService } from '../../core/joint-campaigns/leading.service.ts';
import type { StartingService } from '../../core/joint-campaigns/starting.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { type Delivery, delivered, follow } from '../follow.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  CancelJointCampaignInput,
  InviteToJointCampaignInput,
  JointTargetInput,
  ReviseJointCampaignInput,
  StartJointCampaignInput,
} from './joint-campaign.inputs.ts';
import {
  InviteToJointCampaignResult,
  JointCampaign,
  JointCampaignConnection,
  JointCampaignFilter,
  JointCampaignOrder,
  JointDecisionConnection,
  MoveJointCampaignResult,
  ReviseJointCampaignResult,
  StartJointCampaignResult,
} from './joint-campaign.types.ts';

@Resolver(() => JointCampaign)
export class JointCampaignResolver {
  constructor(
    private readonly starting: StartingService,
    private readonly leading: LeadingService,
    private readonly reads: Reads,
  ) {}

  @Query(() => JointCampaignConnection, {
    description:
      'Those your actor takes part in or is invited to; for coordinators, those shared with them. The last changed first, unless ordered otherwise.',
  })
  jointCampaigns(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => JointCampaignFilter, { nullable: true }) _filter?: JointCampaignFilter,
    @Arg('orderBy', () => JointCampaignOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'JointCampaign', selectionPassedOn(info));
  }

  @FieldResolver(() => JointDecisionConnection, { description: 'What was decided, in order. Empty before you accept.' })
  decisions(@Args(() => PageArgs) _page: PageArgs): object {
    return projected();
  }

  @Mutation(() => StartJointCampaignResult, {
    description:
      'Makes a joint campaign of a suggestion that is AGREED for you. Your own parts are accepted thereby; those revealed to you are invited, and whoever else you ask. Nobody else learns of it: the suggestion stays as it was.',
  })
  async startJointCampaign(
    @Arg('input', () => StartJointCampaignInput) input: StartJointCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.starting.start(context.viewer, input));
  }

  @Mutation(() => InviteToJointCampaignResult, {
    description:
      'Invites further participants of the suggestion while it is prepared, for the lead. Whom you do not know stays unknown to you until it accepts.',
  })
  async inviteToJointCampaign(
    @Arg('input', () => InviteToJointCampaignInput) input: InviteToJointCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.starting.invite(context.viewer, input));
  }

  @Mutation(() => ReviseJointCampaignResult, {
    description: 'Changes what concerns all, for the lead. Nothing in the calendars of others moves by it.',
  })
  async reviseJointCampaign(
    @Arg('input', () => ReviseJointCampaignInput) input: ReviseJointCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.leading.revise(context.viewer, input));
  }

  @Mutation(() => MoveJointCampaignResult, {
    description: 'Takes the lead, for whoever takes part, where nobody has it any more.',
  })
  async takeLead(
    @Arg('input', () => JointTargetInput) input: JointTargetInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.leading.takeLead(context.viewer, input));
  }

  @Mutation(() => MoveJointCampaignResult, {
    description:
      'Makes it ACTIVE, for the lead, when every required part is ready; else the Conflict says what is missing.',
  })
  async activateJointCampaign(
    @Arg('input', () => JointTargetInput) input: JointTargetInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.leading.activate(context.viewer, input));
  }

  @Mutation(() => MoveJointCampaignResult, { description: 'Makes it COMPLETED, for the lead, from its first day on.' })
  async completeJointCampaign(
    @Arg('input', () => JointTargetInput) input: JointTargetInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.leading.complete(context.viewer, input));
  }

  @Mutation(() => MoveJointCampaignResult, {
    description: 'Calls it off, for the lead. The entries in the calendars of others stay theirs to cancel.',
  })
  async cancelJointCampaign(
    @Arg('input', () => CancelJointCampaignInput) input: CancelJointCampaignInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.told(context, info, await this.leading.cancel(context.viewer, input));
  }

  @Subscription(() => JointCampaign, {
    description:
      'Each joint campaign that you are invited to or that changes, for editors and planners, as it is when it reaches you.',
    subscribe: ({ context, info }) =>
      follow(context as RequestContext, info, {
        kind: 'joint-campaign.changed',
        private: 'joint-campaign.changed',
        type: 'JointCampaign',
      }),
  })
  jointCampaignChanged(@Root() delivery: Delivery): unknown {
    return delivered(delivery);
  }

  private told(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'JointCampaign', outcome);
  }
}
