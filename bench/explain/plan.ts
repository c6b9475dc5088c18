import { z } from 'zod';

/** A node of a plan, as far as it is judged and shown; PostgreSQL's own names. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Parallel Aware'?: boolean | undefined;
  readonly 'Subplan Name'?: string | undefined;
  readonly Schema?: string | undefined;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Index Name'?: string | undefined;
  readonly 'Function Name'?: string | undefined;
  readonly 'Function Call'?: string | undefined;
  readonly Output?: readonly string[] | undefined;
  readonly Filter?: string | undefined;
  readonly 'Join Filter'?: string | undefined;
  readonly 'Recheck Cond'?: string | undefined;
  readonly 'Index Cond'?: string | undefined;
  readonly 'Hash Cond'?: string | undefined;
  readonly 'Merge Cond'?: string | undefined;
  readonly 'One-Time Filter'?: string | undefined;
  readonly 'Rows Removed by Filter'?: number | undefined;
  /** How often it was run, and how many rows it gave each time: known where the statement was run. */
  readonly 'Actual Loops'?: number | undefined;
  readonly 'Actual Rows'?: number | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const text = z.string().optional();
const count = z.number().optional();

export const planNode: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Parallel Aware': z.boolean().optional(),
  'Subplan Name': text,
  Schema: text,
  'Relation Name': text,
  'Index Name': text,
  'Function Name': text,
  'Function Call': text,
  Output: z.array(z.string()).optional(),
  Filter: text,
  'Join Filter': text,
  'Recheck Cond': text,
  'Index Cond': text,
  'Hash Cond': text,
  'Merge Cond': text,
  'One-Time Filter': text,
  'Rows Removed by Filter': count,
  'Actual Loops': count,
  'Actual Rows': count,
  get Plans() {
    return z.array(planNode).optional();
  },
});
