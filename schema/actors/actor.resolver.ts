import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { ActorService } from '../../core/actors/actor.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { needs } from '../scope.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  MergeActorsInput,
  MergeActorsResult,
  RegisterActorInput,
  RegisterActorResult,
  ReviseActorInput,
  ReviseActorResult,
  SuspendActorInput,
  SuspendActorResult,
  UndoActorMergeInput,
  UndoActorMergeResult,
  VerifyActorInput,
  VerifyActorResult,
} from './actor.inputs.ts';
import { ActorConnection, ActorFilter, ActorOrder } from './actor.types.ts';

@Resolver()
export class ActorResolver {
  constructor(
    private readonly service: ActorService,
    private readonly reads: Reads,
  ) {}

  @Query(() => ActorConnection, { description: 'Who is registered. By name unless ordered otherwise.' })
  actors(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => ActorFilter, { nullable: true }) _filter?: ActorFilter,
    @Arg('orderBy', () => ActorOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Actor', selectionPassedOn(info));
  }

  @Mutation(() => RegisterActorResult, { description: 'Registers an actor as PENDING.' })
  async registerActor(
    @Arg('input', () => RegisterActorInput) input: RegisterActorInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Actor', await this.service.register(context.viewer, input));
  }

  @Mutation(() => ReviseActorResult, { description: 'Changes what an actor says about itself.' })
  async reviseActor(
    @Arg('input', () => ReviseActorInput) input: ReviseActorInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Actor', await this.service.revise(context.viewer, input));
  }

  @needs('vet')
  @Mutation(() => VerifyActorResult, {
    description: 'A coordinator vouches for an actor: from now on its records match.',
  })
  async verifyActor(
    @Arg('input', () => VerifyActorInput) input: VerifyActorInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Actor', await this.service.verify(context.viewer, input));
  }

  @needs('vet')
  @Mutation(() => SuspendActorResult, {
    description: 'A coordinator takes an actor out: its records stop matching at once.',
  })
  async suspendActor(
    @Arg('input', () => SuspendActorInput) input: SuspendActorInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Actor', await this.service.suspend(context.viewer, input));
  }

  @needs('vet')
  @Mutation(() => MergeActorsResult, { description: 'A coordinator unites two records of one actor.' })
  async mergeActors(
    @Arg('input', () => MergeActorsInput) input: MergeActorsInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Actor', await this.service.merge(context.viewer, input));
  }

  @needs('vet')
  @Mutation(() => UndoActorMergeResult, {
    description:
      'A coordinator makes two actors again of one. The duplicate has back what was its own, but for what was deleted or given to others since; what the survivor got later stays with it.',
  })
  async undoActorMerge(
    @Arg('input', () => UndoActorMergeInput) input: UndoActorMergeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Actor', await this.service.undoMerge(context.viewer, input));
  }
}
