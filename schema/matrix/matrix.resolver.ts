import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import { readMatrix } from '../../core/matrix/matrix.reads.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { CalendarFilter } from '../calendar/calendar.types.ts';
import type { RequestContext } from '../context.ts';
import { selectionOf } from '../selection.ts';
import { Matrix, MatrixAxis } from './matrix.types.ts';

@Resolver()
export class MatrixResolver {
  constructor(private readonly reads: Reads) {}

  @Query(() => Matrix, {
    description:
      'Who does what where: programmes, campaigns and calendar entries counted by two axes, as far as you may read them. At most 300 rows, 300 columns and 10,000 cells. With `kinds`, `statuses` or `campaigns` in the filter only calendar entries are counted.',
  })
  whoDoesWhatWhere(
    @Ctx() { viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('rows', () => MatrixAxis, { description: 'Down the side.' }) _rows: MatrixAxis,
    @Arg('columns', () => MatrixAxis, { description: 'Across the top; another axis than the rows.' })
    _columns: MatrixAxis,
    @Arg('filter', () => CalendarFilter, { nullable: true, description: 'What is counted. Default: everything.' })
    _filter?: CalendarFilter | null,
  ): Promise<unknown> {
    return readMatrix(this.reads, viewer, selectionOf(info));
  }
}
