import type { GraphQLResolveInfo } from 'graphql';
import { sql } from 'kysely';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { Reads } from '../../core/projection/reads.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { Corridor, TaxonomyKind, Term } from './vocabulary.types.ts';

@Resolver()
export class VocabularyResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => [Corridor], { description: 'The migration routes the hub knows, by code.' })
  corridors(@Ctx() context: RequestContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return this.reads.all(context.viewer, 'Corridor', selectionOf(info), { orderBy: (row) => row.column('code') });
  }

  @Query(() => [Term], { description: 'All codes of a taxonomy that are in use, in its own order.' })
  taxonomy(
    @Arg('kind', () => TaxonomyKind) kind: TaxonomyKind,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.reads.all(context.viewer, 'Term', selectionOf(info), {
      where: (row) => sql`${row.column('kind')} = ${kind} and ${row.column('deprecated_on')} is null`,
      orderBy: (row) => sql`${row.column('position')}, ${row.column('code')}`,
    });
  }
}
