import type { PlanNode } from './plan.ts';

/** What is known of the database whose plans are judged. */
export interface Catalogue {
  /** About how many rows a table has, by `schema.table`. */
  readonly rows: ReadonlyMap<string, number>;
  /** The functions of schema `app` whose value does not follow from their arguments alone, without the schema. */
  readonly helpers: ReadonlySet<string>;
}

/** What is wrong with a plan: where, and what mends it. */
export interface Finding {
  readonly kind: 'sequential scan' | 'call a row';
  /** The table, or the helper. */
  readonly of: string;
  /** The way to the node, from the top. */
  readonly place: string;
  readonly remedy: string;
}

/** A table of more rows is not to be read from one end to the other. */
export const MOST_ROWS_SCANNED = 10_000;
/** As many as a page has: what is worked out for each row of an answer may call a helper for each. */
export const MOST_CALLS = 100;

/** What PostgreSQL works out for every row it looks at. */
const FOR_EACH_ROW = ['Filter', 'Join Filter', 'Recheck Cond', 'Hash Cond', 'Merge Cond'] as const;
/** What it works out once each time the node is run. */
const FOR_EACH_RUN = ['Index Cond', 'One-Time Filter', 'Function Call'] as const;

/**
 * Finds the parts of a plan that grow with the registry although the answer does not: whole tables read, and helpers of the policies
 * called for each row instead of once a statement. Parts that were never run are not looked at.
 */
export function judgePlan(plan: PlanNode, catalogue: Catalogue, above: readonly string[] = []): Finding[] {
  if (plan['Actual Loops'] === 0) return [];
  const way = [...above, nameOf(plan)];
  const place = way.join(' > ');
  return [
    ...scanned(plan, catalogue).map((finding) => ({ ...finding, place })),
    ...called(plan, catalogue).map((finding) => ({ ...finding, place })),
    ...(plan.Plans ?? []).flatMap((below) => judgePlan(below, catalogue, way)),
  ];
}

/** A node in a word: what it does, and with which table, index or function. */
export function nameOf(node: PlanNode): string {
  const object = node['Relation Name'] ?? node['Function Name'];
  const parallel = node['Parallel Aware'] === true ? 'Parallel ' : '';
  const index = node['Index Name'] === undefined ? '' : ` by ${node['Index Name']}`;
  const name = `${parallel}${node['Node Type']}${index}${object === undefined ? '' : ` on ${object}`}`;
  return node['Subplan Name'] === undefined ? name : `${node['Subplan Name']}: ${name}`;
}

type Placeless = Omit<Finding, 'place'>;

function scanned(node: PlanNode, { rows }: Catalogue): Placeless[] {
  const table = `${node.Schema ?? 'app'}.${node['Relation Name'] ?? ''}`;
  const size = rows.get(table) ?? 0;
  if (node['Node Type'] !== 'Seq Scan' || size <= MOST_ROWS_SCANNED) return [];
  const condition = node.Filter === undefined ? 'no condition' : `the condition ${node.Filter}`;
  const remedy = `${table} has ${size.toLocaleString('en')} rows and is read from one end to the other, with ${condition}: give what is asked an index, or ask for less`;
  return [{ kind: 'sequential scan', of: table, remedy }];
}

function called(node: PlanNode, { helpers }: Catalogue): Placeless[] {
  const runs = node['Actual Loops'] ?? 1;
  const calls = (conditions: readonly (string | undefined)[], times: number, most: number): Placeless[] =>
    times <= most
      ? []
      : [...new Set(conditions.flatMap((condition) => functionsIn(condition ?? '')))]
          .filter((name) => helpers.has(name))
          .map((name) => ({
            kind: 'call a row',
            of: `app.${name}()`,
            remedy: `app.${name}() is called for each row: write (select app.${name}(…)), which is worked out once a statement, or compare with what it gives`,
          }));
  return [
    ...calls(
      FOR_EACH_ROW.map((key) => node[key]),
      Infinity,
      0,
    ),
    ...calls(
      FOR_EACH_RUN.map((key) => node[key]),
      runs,
      MOST_CALLS,
    ),
    ...calls(node.Output ?? [], runs * Math.max(1, node['Actual Rows'] ?? 1), MOST_CALLS),
  ];
}

/** The functions an expression calls, without their schema; not what stands in its texts. */
function functionsIn(expression: string): string[] {
  const bare = expression.replaceAll(/'(?:[^']|'')*'/g, "''");
  return [...bare.matchAll(/(?:\bapp\.)?\b([a-z_][a-z0-9_]*)\(/g)].flatMap(([, name]) => name ?? []);
}
