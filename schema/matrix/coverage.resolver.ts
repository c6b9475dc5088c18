import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import { readCoverage } from '../../core/matrix/coverage.reads.ts';
import type { Reads } from '../../core/projection/reads.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { CoverageCell, CoverageFacet } from './coverage.types.ts';

@Resolver()
export class CoverageResolver {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  @Query(() => [CoverageCell], {
    description:
      'What is covered on a corridor or in a country: cells with something in them, in the order of the taxonomy, then by quarter. What is not in the answer is covered by nobody whom you could know of.',
  })
  coverage(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('corridor', () => String, { nullable: true, description: 'The code of a corridor; or say a country.' })
    corridor?: string | null,
    @Arg('country', () => String, { nullable: true, description: 'ISO 3166-1 alpha-2; or say a corridor.' })
    country?: string | null,
    @Arg('by', () => CoverageFacet, { defaultValue: CoverageFacet.AUDIENCE })
    by: CoverageFacet = CoverageFacet.AUDIENCE,
    @Arg('quarters', () => Int, { defaultValue: 4, description: 'From the present one on: 1 to 12.' }) quarters = 4,
  ): Promise<unknown> {
    const asked = { corridor: corridor ?? null, country: country ?? null, by, quarters };
    return readCoverage(this.reads, viewer, asked, this.clock.today(), selectionOf(info));
  }
}
