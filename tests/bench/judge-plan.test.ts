import { expect, test } from 'vitest';
import { type Catalogue, judgePlan } from '../../bench/explain/judge-plan.ts';
import { type PlanNode, planNode } from '../../bench/explain/plan.ts';

const catalogue: Catalogue = {
  rows: new Map([
    ['app.programme', 100_000],
    ['app.term', 400],
  ]),
  helpers: new Set(['is_member', 'shared_programmes', 'seats_of_suggestion']),
};

/** A plan as `explain (analyze, verbose, format json)` gives it, with what is not judged. */
const plan = (node: object): PlanNode =>
  planNode.parse({ 'Startup Cost': 0.28, 'Plan Rows': 1, 'Actual Rows': 20, 'Actual Loops': 1, ...node });

const onceASettled = {
  'Node Type': 'Result',
  'Parent Relationship': 'InitPlan',
  'Subplan Name': 'InitPlan 1',
  Output: ['is_member()'],
  'Actual Rows': 1,
  'Actual Loops': 1,
};

test('a plan that looks into indexes, and works helpers out once, is fine', () => {
  const fine = plan({
    'Node Type': 'Limit',
    Plans: [
      onceASettled,
      {
        'Node Type': 'Index Scan',
        'Index Name': 'programme_name',
        'Relation Name': 'programme',
        Schema: 'app',
        Filter: `((InitPlan 1).col1 AND (name <> 'is_member()'::text) AND (ANY (id = (hashed SubPlan 2).col1)))`,
        'Actual Loops': 1,
        Plans: [
          {
            'Node Type': 'ProjectSet',
            'Subplan Name': 'SubPlan 2',
            Output: ['shared_programmes()'],
            'Actual Rows': 3,
            'Actual Loops': 1,
          },
        ],
      },
      { 'Node Type': 'Seq Scan', 'Relation Name': 'term', Schema: 'app', 'Actual Loops': 400 },
    ],
  });
  expect(judgePlan(fine, catalogue)).toEqual([]);
});

test('a table of more than 10,000 rows that is read from one end to the other is found, with its place', () => {
  const scan = { 'Node Type': 'Seq Scan', 'Relation Name': 'programme', Schema: 'app', 'Actual Loops': 1 };
  const found = judgePlan(plan({ 'Node Type': 'Sort', Plans: [{ ...scan, Filter: '(version > 3)' }] }), catalogue);
  expect(found).toMatchObject([
    { kind: 'sequential scan', of: 'app.programme', place: 'Sort > Seq Scan on programme' },
  ]);
  expect(found[0]?.remedy).toContain('100,000 rows');
  expect(found[0]?.remedy).toContain('(version > 3)');
  const parts = plan({ 'Node Type': 'Gather', Plans: [{ ...scan, 'Parallel Aware': true }] });
  expect(judgePlan(parts, catalogue)).toMatchObject([{ place: 'Gather > Parallel Seq Scan on programme' }]);
});

test('what was never run is not held against a plan', () => {
  const idle = {
    'Node Type': 'Seq Scan',
    'Relation Name': 'programme',
    Schema: 'app',
    Filter: 'is_member()',
    'Actual Loops': 0,
  };
  expect(judgePlan(plan({ 'Node Type': 'Append', Plans: [idle] }), catalogue)).toEqual([]);
});

test.each(['Filter', 'Join Filter', 'Recheck Cond', 'Hash Cond', 'Merge Cond'])(
  'a helper that stands bare in a %s is called for each row',
  (condition) => {
    for (const call of ['is_member()', '(app.is_member() OR (version > 3))']) {
      const bare = plan({ 'Node Type': 'Index Scan', 'Relation Name': 'programme', [condition]: call });
      expect(judgePlan(bare, catalogue)).toMatchObject([
        { kind: 'call a row', of: 'app.is_member()', place: 'Index Scan on programme' },
      ]);
    }
  },
);

test('a set that is gathered anew for each row is found, and one gathered for each row of a page is not', () => {
  const gathered = (times: number): PlanNode =>
    plan({
      'Node Type': 'Index Scan',
      'Relation Name': 'programme',
      Plans: [
        {
          'Node Type': 'Function Scan',
          'Subplan Name': 'SubPlan 2',
          'Function Name': 'shared_programmes',
          'Function Call': 'shared_programmes()',
          'Actual Rows': 2,
          'Actual Loops': times,
        },
      ],
    });
  expect(judgePlan(gathered(100), catalogue)).toEqual([]);
  expect(judgePlan(gathered(101), catalogue)).toMatchObject([
    { of: 'app.shared_programmes()', place: expect.stringContaining('SubPlan 2: Function Scan') as string },
  ]);
});

test('a helper in the output of many rows is found, whatever functions of PostgreSQL stand beside it', () => {
  const output = (rows: number): PlanNode =>
    plan({ 'Node Type': 'Result', Output: ['lower(name)', 'coalesce(is_member(), true)'], 'Actual Rows': rows });
  expect(judgePlan(output(100), catalogue)).toEqual([]);
  expect(judgePlan(output(5_000), catalogue)).toMatchObject([{ of: 'app.is_member()' }]);
});
