import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Query, Resolver } from 'type-graphql';
import type { Bands } from '../../core/observances/bands.ts';
import type { ObservanceService } from '../../core/observances/observance.service.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import { CalendarEntryConnection } from '../calendar/calendar.types.ts';
import type { RequestContext } from '../context.ts';
import { DayRangeInput } from '../footprints/footprint.types.ts';
import { projected } from '../node.ts';
import { selectionOf } from '../selection.ts';
import {
  CalendarBand,
  CalendarBandKind,
  ObservanceKind,
  RecordObservanceInput,
  RecordObservanceResult,
  ReviseObservanceInput,
  ReviseObservanceResult,
  WithdrawObservanceInput,
  WithdrawObservanceResult,
} from './observance.types.ts';

@Resolver()
export class ObservanceResolver {
  constructor(
    private readonly service: ObservanceService,
    private readonly bands: Bands,
    private readonly reads: Reads,
  ) {}

  @Query(() => [CalendarBand], {
    description:
      'Public holidays, religious periods, home visits, international days and what people entered, by start. Worked out from last year to five years ahead; at most two years of 50 countries at once.',
  })
  observances(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('between', () => DayRangeInput, { description: 'Sharing at least one of these days; with a last day.' })
    between: DayRangeInput,
    @Arg('countries', () => [String], { nullable: true, description: 'ISO 3166-1 alpha-2. None: all members.' })
    countries?: string[] | null,
    @Arg('kinds', () => [ObservanceKind], { nullable: true, description: 'Default: all.' })
    kinds?: ObservanceKind[] | null,
  ): Promise<unknown> {
    return this.bands.observances(this.reads, viewer, { between, countries, kinds }, selectionOf(info));
  }

  @Mutation(() => RecordObservanceResult, {
    description:
      'Enters an observance: coordinators anywhere, editors and planners of a verified actor in the countries where it is based.',
  })
  async recordObservance(
    @Arg('input', () => RecordObservanceInput) input: RecordObservanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Observance', await this.service.enter(context.viewer, input));
  }

  @Mutation(() => ReviseObservanceResult, {
    description: 'Changes an observance: whoever edits for the actor that entered it may, and coordinators.',
  })
  async reviseObservance(
    @Arg('input', () => ReviseObservanceInput) input: ReviseObservanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Observance', await this.service.revise(context.viewer, input));
  }

  @Mutation(() => WithdrawObservanceResult, { description: 'Takes an observance back for good.' })
  async withdrawObservance(
    @Arg('input', () => WithdrawObservanceInput) input: WithdrawObservanceInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'Observance', await this.service.withdraw(context.viewer, input));
  }
}

/** What observances and seasons add to calendars. */
@Resolver(() => CalendarEntryConnection)
export class CalendarBandsResolver {
  @FieldResolver(() => [CalendarBand], {
    description:
      'The observances and seasons behind these days, by start; of two years and 50 countries at most. Computed only when asked for.',
  })
  bands(
    @Arg('between', () => DayRangeInput, {
      nullable: true,
      description: "Default: the days of the list's own filter; of more than two years the first two.",
    })
    _between?: DayRangeInput | null,
    @Arg('countries', () => [String], {
      nullable: true,
      description:
        "ISO 3166-1 alpha-2. Default: the countries of the list's own filter, by places and corridors; without any, the members.",
    })
    _countries?: string[] | null,
    @Arg('kinds', () => [CalendarBandKind], { nullable: true, description: 'Default: all.' })
    _kinds?: CalendarBandKind[] | null,
  ): object {
    return projected();
  }
}
