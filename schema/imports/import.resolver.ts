import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { ImportService } from '../../core/imports/import.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import { type Delivery, delivered, follow } from '../follow.ts';
import { PageArgs } from '../lists.ts';
import { projected } from '../node.ts';
import { selectionOf } from '../selection.ts';
import {
  ApplyImportInput,
  ApplyImportResult,
  ImportItemConnection,
  ImportItemFilter,
  ImportRun,
  ImportRunConnection,
  ImportRunFilter,
  ImportRunOrder,
  PlanImportInput,
  PlanImportResult,
  RollBackImportInput,
  RollBackImportResult,
} from './import.types.ts';

@Resolver(() => ImportRun)
export class ImportResolver {
  constructor(
    private readonly service: ImportService,
    private readonly reads: Reads,
  ) {}

  @Query(() => ImportRun, { nullable: true, description: 'Null: there is none, or it is not yours.' })
  importRun(
    @Arg('id', () => ID) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.reads.one(context.viewer, 'ImportRun', selectionOf(info), id);
  }

  @Query(() => ImportRunConnection, { description: 'The files that your party sent, the latest first.' })
  importRuns(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => ImportRunFilter, { nullable: true }) _filter?: ImportRunFilter,
    @Arg('orderBy', () => ImportRunOrder, { nullable: true }) _orderBy?: object,
  ): Promise<unknown> {
    return this.reads.connection(context.viewer, 'ImportRun', selectionOf(info));
  }

  @FieldResolver(() => ImportItemConnection, {
    description: 'What the file says, in its order, and what becomes of it.',
  })
  items(
    @Args(() => PageArgs) _page: PageArgs,
    @Arg('filter', () => ImportItemFilter, { nullable: true }) _filter?: ImportItemFilter,
  ): never {
    return projected();
  }

  @Mutation(() => PlanImportResult, {
    description:
      'Has a file read, in the light of what you say of it. When it is READY, its counts and items say exactly what applying it would do. For those UPLOADED, READY or FAILED.',
  })
  async planImport(
    @Arg('input', () => PlanImportInput) input: PlanImportInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'ImportRun', await this.service.plan(context.viewer, input));
  }

  @Mutation(() => ApplyImportResult, {
    description: 'Has a file that is READY written, all of it or nothing, as the hub is then.',
  })
  async applyImport(
    @Arg('input', () => ApplyImportInput) input: ApplyImportInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'ImportRun', await this.service.apply(context.viewer, input));
  }

  @Mutation(() => RollBackImportResult, {
    description:
      'Has an import that is APPLIED taken back: what it entered is withdrawn, what it changed says again what it said. What people changed since stays; each item says what became of it.',
  })
  async rollBackImport(
    @Arg('input', () => RollBackImportInput) input: RollBackImportInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'ImportRun', await this.service.rollBack(context.viewer, input));
  }

  @Subscription(() => ImportRun, {
    description: 'An import of yours whenever it is further, until you leave.',
    subscribe: ({ args, context, info }) =>
      follow(context as RequestContext, info, {
        kind: 'import.progressed',
        type: 'ImportRun',
        filter: { only: args['id'] as string },
      }),
  })
  importProgressed(@Root() delivery: Delivery, @Arg('id', () => ID) _id: string): unknown {
    return delivered(delivery);
  }
}
