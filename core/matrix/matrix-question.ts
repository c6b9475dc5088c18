import { BadRequest } from '../projection/selection.ts';
import { AXIS, type Axis, type AxisName } from './axes.ts';
import { type Between, PERIODS, isPeriod, periodsIn } from './periods.ts';

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
 * @throws {BadRequest} for two equal axes, and for months or quarters of no end or of too many years
 */
export function matrixQuestion(rows: AxisName, columns: AxisName, given: unknown): MatrixQuestion {
  if (rows === columns)
    throw new BadRequest(`rows and columns are both ${rows.toUpperCase()}: choose two different axes.`);
  if (isPeriod(rows) && isPeriod(columns))
    throw new BadRequest('rows and columns are both time: choose something else for one.');
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
  if (isPeriod(name)) return periodsIn(PERIODS[name], between);
  const values = filter[AXIS[name].filter];
  if (!Array.isArray(values)) return null;
  const codes = values.map((value) => (name === 'language' ? String(value).replace(/-.*$/, '') : String(value)));
  return [...new Set(codes)];
}

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
