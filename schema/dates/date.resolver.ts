import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { DateProposals } from '../../core/dates/date-proposals.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { DateProposal, ProposeDatesInput } from './date.types.ts';

@Resolver()
export class DateResolver {
  constructor(private readonly proposals: DateProposals) {}

  @Query(() => [DateProposal], {
    description:
      'Up to five windows with their trade-offs, the best first, no two of them half the same: by observances, seasons, and the campaigns of others as far as you may know of them. Counts as a preview; nothing is written.',
  })
  proposeDates(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => ProposeDatesInput) input: ProposeDatesInput,
  ): Promise<unknown> {
    return this.proposals.propose(viewer, input, selectionOf(info));
  }
}
