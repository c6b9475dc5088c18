import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { GuidanceFinder } from '../../core/guidance/guidance-finder.ts';
import type { GuidanceService } from '../../core/guidance/guidance.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionOf } from '../selection.ts';
import {
  AddGuidanceInput,
  AddGuidanceResult,
  RestoreGuidanceInput,
  RestoreGuidanceResult,
  RetireGuidanceInput,
  RetireGuidanceResult,
  ReviseGuidanceInput,
  ReviseGuidanceResult,
} from './guidance.inputs.ts';
import { GuidanceConnection, GuidanceFilter, GuidanceSection, GuidanceVersionConnection } from './guidance.types.ts';

@Resolver()
export class GuidanceResolver {
  constructor(
    private readonly service: GuidanceService,
    private readonly finder: GuidanceFinder,
    private readonly reads: Reads,
  ) {}

  @Query(() => GuidanceConnection, {
    description:
      'Advice on campaigns. For something, what holds for it, with reasons: the most useful first, and all steps of the handbook among the first eight. Else the library, by step and title.',
  })
  guidance(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('for', () => ID, {
      nullable: true,
      description: 'An actor, programme, campaign, calendar entry or suggestion. An id that is none to you is refused.',
    })
    _for?: string,
    @Arg('filter', () => GuidanceFilter, { nullable: true }) _filter?: GuidanceFilter,
  ): Promise<unknown> {
    return this.finder.find(viewer, selectionOf(info));
  }

  @Mutation(() => AddGuidanceResult, { description: 'A coordinator adds a section to the library.' })
  async addGuidance(
    @Arg('input', () => AddGuidanceInput) input: AddGuidanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'GuidanceSection', await this.service.add(context.viewer, input));
  }

  @Mutation(() => ReviseGuidanceResult, {
    description: 'A coordinator changes a section. How it was stays among its versions.',
  })
  async reviseGuidance(
    @Arg('input', () => ReviseGuidanceInput) input: ReviseGuidanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'GuidanceSection', await this.service.revise(context.viewer, input));
  }

  @Mutation(() => RetireGuidanceResult, {
    description: 'A coordinator takes a section out of use: it is given for nothing any more. It can be restored.',
  })
  async retireGuidance(
    @Arg('input', () => RetireGuidanceInput) input: RetireGuidanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'GuidanceSection', await this.service.retire(context.viewer, input));
  }

  @Mutation(() => RestoreGuidanceResult, { description: 'A coordinator takes a retired section back into use.' })
  async restoreGuidance(
    @Arg('input', () => RestoreGuidanceInput) input: RestoreGuidanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'GuidanceSection', await this.service.restore(context.viewer, input));
  }
}

/** Completes sections with how they were. */
@Resolver(() => GuidanceSection)
export class GuidanceVersionsResolver {
  @FieldResolver(() => GuidanceVersionConnection, { description: 'Every version it ever had, the latest first.' })
  versions(@Args(() => PageArgs) _page: PageArgs): unknown {
    return projected();
  }
}
