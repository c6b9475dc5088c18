import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { ProgrammeService } from '../../core/programmes/programme.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { Actor } from '../actors/actor.types.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  RegisterProgrammeInput,
  RegisterProgrammeResult,
  ReviseProgrammeInput,
  ReviseProgrammeResult,
  WithdrawProgrammeInput,
  WithdrawProgrammeResult,
} from './programme.inputs.ts';
import { ProgrammeConnection, ProgrammeFilter, ProgrammeOrder } from './programme.types.ts';

@Resolver()
export class ProgrammeResolver {
  constructor(
    private readonly service: ProgrammeService,
    private readonly reads: Reads,
  ) {}

  @Query(() => ProgrammeConnection, { description: 'Standing work. By name unless ordered otherwise.' })
  programmes(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => ProgrammeFilter, { nullable: true }) _filter?: ProgrammeFilter,
    @Arg('orderBy', () => ProgrammeOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Programme', selectionPassedOn(info));
  }

  @Mutation(() => RegisterProgrammeResult, { description: 'Registers standing work of an actor.' })
  async registerProgramme(
    @Arg('input', () => RegisterProgrammeInput) input: RegisterProgrammeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Programme', await this.service.register(context.viewer, input));
  }

  @Mutation(() => ReviseProgrammeResult, {
    description: 'Changes a programme, and what its campaigns and their entries inherit from it.',
  })
  async reviseProgramme(
    @Arg('input', () => ReviseProgrammeInput) input: ReviseProgrammeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Programme', await this.service.revise(context.viewer, input));
  }

  @Mutation(() => WithdrawProgrammeResult, {
    description: 'Takes a programme back for good and cancels the campaigns inside it. Nothing of it matches any more.',
  })
  async withdrawProgramme(
    @Arg('input', () => WithdrawProgrammeInput) input: WithdrawProgrammeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Programme', await this.service.withdraw(context.viewer, input));
  }
}

/** What programmes add to actors. */
@Resolver(() => Actor)
export class ActorProgrammesResolver {
  @FieldResolver(() => ProgrammeConnection, { description: 'Its standing work. By name unless ordered otherwise.' })
  programmes(
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => ProgrammeFilter, { nullable: true }) _filter?: ProgrammeFilter,
    @Arg('orderBy', () => ProgrammeOrder, { nullable: true }) _orderBy?: object,
  ): object {
    return projected();
  }
}
