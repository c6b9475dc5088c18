import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { CommitmentService } from '../../core/commitments/commitment.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { Actor, Commitment } from '../actors/actor.types.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { Programme } from '../programmes/programme.types.ts';
import { selectionPassedOn } from '../selection.ts';
import {
  CommitmentConnection,
  CommitmentFilter,
  CommitmentOrder,
  EndCommitmentInput,
  EndCommitmentResult,
  RegisterCommitmentInput,
  RegisterCommitmentResult,
  ReviseCommitmentInput,
  ReviseCommitmentResult,
} from './commitment.types.ts';

@Resolver()
export class CommitmentResolver {
  constructor(
    private readonly service: CommitmentService,
    private readonly reads: Reads,
  ) {}

  @Query(() => CommitmentConnection, {
    description:
      'Resources that are committed, of the actors and programmes that you see. By kind unless ordered otherwise.',
  })
  commitments(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => CommitmentFilter, { nullable: true }) _filter?: CommitmentFilter,
    @Arg('orderBy', () => CommitmentOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'Commitment', selectionPassedOn(info));
  }

  @Mutation(() => RegisterCommitmentResult, {
    description: 'Commits resources to everything your actor does, or to one programme of it.',
  })
  async registerCommitment(
    @Arg('input', () => RegisterCommitmentInput) input: RegisterCommitmentInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.register(context.viewer, input));
  }

  @Mutation(() => ReviseCommitmentResult, { description: 'Changes a commitment.' })
  async reviseCommitment(
    @Arg('input', () => ReviseCommitmentInput) input: ReviseCommitmentInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.revise(context.viewer, input));
  }

  @Mutation(() => EndCommitmentResult, {
    description: 'Ends a commitment for good. It stays to be seen, and counts in no suggestion any more.',
  })
  async endCommitment(
    @Arg('input', () => EndCommitmentInput) input: EndCommitmentInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.answer(context, info, await this.service.end(context.viewer, input));
  }

  private answer(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'Commitment', outcome);
  }
}

/** Whose a commitment is, and what it is for. */
@Resolver(() => Commitment)
export class CommitmentGiverResolver {
  @FieldResolver(() => Actor, { nullable: true, description: 'Whose resources they are. Null: not visible to you.' })
  actor(): object {
    return projected();
  }

  @FieldResolver(() => Programme, {
    nullable: true,
    description: 'The programme they are for. Null: everything it does.',
  })
  programme(): object {
    return projected();
  }
}
