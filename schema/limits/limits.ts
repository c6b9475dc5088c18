/** What an operation may be at most. Written down for people in docs/security.md. */
export const LIMITS = {
  tokens: 1_000,
  depth: 10,
  aliases: 15,
  rootFields: 10,
  directives: 5,
  /** That the answer could hold. */
  objects: 10_000,
  /** In points, see cost.ts. */
  cost: 1_000,
} as const;

/** From the first root field to its answer. */
export const LONGEST_OPERATION_MS = 10_000;
