import { BadRequest } from '../projection/selection.ts';
import { AXIS, type Axis, type AxisName, type Between } from './axes.ts';

/** Months that a matrix may have: three years. */
const MOST_MONTHS = 36;

/** Filters that only calendar entries have: where one is given, only entries are counted. */
const OF_ENTRIES = ['kinds', 'statuses', 'campaigns'];

/** One side of a matrix. */
export interface Side {
  readonly name: AxisName;
  readonly axis: Axis;
  /** Its values, in order, where the caller named them; null where they are those that occur. */
  readonly named: readonly string[] | null;
}

/** What a matrix is asked for. */
export interface MatrixQuestion {
  readonly rows: Side;
  readonly columns: Side;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly between: Between | null;
  readonly entriesOnly: boolean;
}

/**
 * Reads the arguments of a matrix; the codes in the filter are known already.
 * @throws {BadRequest} for two equal axes, and for months of no end or of too many years
 */
export function matrixQuestion(rows: AxisName, columns: AxisName, given: unknown): MatrixQuestion {
  if (rows === columns)
    throw new BadRequest(`rows and columns are both ${rows.toUpperCase()}: choose two different axes.`);
  const filter = toFilter(given);
  const between = toBetween(filter['between']);
  const side = (name: AxisName): Side => ({ name, axis: AXIS[name], named: namedValues(name, filter, between) });
  return {
    rows: side(rows),
    columns: side(columns),
    filter,
    between,
    entriesOnly: OF_ENTRIES.some((name) => filter[name] !== undefined),
  };
}

function namedValues(
  name: AxisName,
  filter: Readonly<Record<string, unknown>>,
  between: Between | null,
): readonly string[] | null {
  if (name === 'month') return monthsOf(between);
  const values = filter[AXIS[name].filter];
  if (!Array.isArray(values)) return null;
  const codes = values.map((value) => (name === 'language' ? String(value).replace(/-.*$/, '') : String(value)));
  return [...new Set(codes)];
}

/** `2027-03` for each month of which a day is asked for. */
function monthsOf(between: Between | null): readonly string[] {
  if (!between?.end) throw new BadRequest('filter.between: The axis MONTH needs a first and a last day.');
  const count = indexOf(between.end) - indexOf(between.start) + 1;
  if (count < 1) throw new BadRequest('filter.between: The last day is before the first.');
  if (count > MOST_MONTHS)
    throw new BadRequest(
      `filter.between: ${String(count)} months are too many for an axis, ${String(MOST_MONTHS)} at most.`,
    );
  return Array.from({ length: count }, (_, i) => toMonth(indexOf(between.start) + i));
}

/** Months counted through the years. */
const indexOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

const toMonth = (index: number): string =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;

/** Without what is left out or null. */
function toFilter(given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
}

function toBetween(given: unknown): Between | null {
  if (typeof given !== 'object' || given === null) return null;
  const [start, end]: unknown[] = [Reflect.get(given, 'start'), Reflect.get(given, 'end')];
  return { start: String(start), end: typeof end === 'string' ? end : null };
}
