import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { MembershipService } from '../../core/access/membership.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { needs } from '../scope.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  GrantMembershipInput,
  GrantMembershipResult,
  MembershipConnection,
  ReinstateUserInput,
  ReinstateUserResult,
  RevokeMembershipInput,
  RevokeMembershipResult,
  SuspendUserInput,
  SuspendUserResult,
} from './membership.types.ts';

@Resolver()
export class MembershipResolver {
  constructor(
    private readonly service: MembershipService,
    private readonly reads: Reads,
  ) {}

  @Query(() => MembershipConnection, {
    description: "The viewer's own, for editors those of their actor, for coordinators all; revoked ones too.",
  })
  memberships(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Membership', selectionPassedOn(info));
  }

  @needs('keys')
  @Mutation(() => GrantMembershipResult, {
    description: 'Lets a person in. Editors may for their own actor, up to EDITOR; coordinators for any.',
  })
  async grantMembership(
    @Arg('input', () => GrantMembershipInput) input: GrantMembershipInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Membership', await this.service.grant(context.viewer, input));
  }

  @needs('keys')
  @Mutation(() => RevokeMembershipResult, {
    description: 'From the next request on the person may not act by it, and its open subscriptions end.',
  })
  async revokeMembership(
    @Arg('input', () => RevokeMembershipInput) input: RevokeMembershipInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Membership', await this.service.revoke(context.viewer, input));
  }

  @needs('vet')
  @Mutation(() => SuspendUserResult, {
    description: 'A coordinator keeps a person out of all memberships, at once, and the keys the person issued.',
  })
  async suspendUser(
    @Arg('input', () => SuspendUserInput) input: SuspendUserInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Membership', await this.service.suspendUser(context.viewer, input));
  }

  @needs('vet')
  @Mutation(() => ReinstateUserResult, { description: 'A coordinator lets a suspended person back in.' })
  async reinstateUser(
    @Arg('input', () => ReinstateUserInput) input: ReinstateUserInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Membership', await this.service.reinstateUser(context.viewer, input));
  }
}
