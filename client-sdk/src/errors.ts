import type { Problem } from './records.ts';

/** The hub refused a change for a reason the caller can act on. Nothing was changed. */
export class ConcordProblemError<P extends Problem = Problem> extends Error {
  override readonly name = 'ConcordProblemError';
  /** Stable across releases; branch on this. */
  readonly code: P['code'];

  constructor(
    /** The problem as data: of `InvalidInput` every issue, of `StaleVersion` both versions. */
    readonly problem: P,
  ) {
    super(sentenceOf(problem));
    this.code = problem.code;
  }
}

/**
 * The hub could not be reached, did not answer in time, or refused the request before it was GraphQL. A change that was not
 * retried may or may not have been made when `status` is null or 503.
 */
export class ConcordTransportError extends Error {
  override readonly name = 'ConcordTransportError';
  /** HTTP status. Null: no answer, or not a whole one. */
  readonly status: number | null;
  /** How long the hub asks to wait, in milliseconds. Null: it did not say. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    facts: { readonly status?: number; readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in facts ? { cause: facts.cause } : {});
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** One error of a GraphQL answer. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** The hub answered, but not with what was asked for: an operation it does not know, a fault of its own, or no GraphQL at all. */
export class ConcordProtocolError extends Error {
  override readonly name = 'ConcordProtocolError';
  /** Of the first error, such as `GRAPHQL_VALIDATION_FAILED` or `INTERNAL`. Null: the answer was no GraphQL. */
  readonly code: string | null;
  /** Tell it to whoever runs the hub. Null: the hub gave none. */
  readonly requestId: string | null;

  constructor(
    message: string,
    /** As the hub sent them. */
    readonly errors: readonly GraphQLErrorEntry[] = [],
  ) {
    super(message);
    this.code = errors[0]?.extensions?.code ?? null;
    this.requestId = errors[0]?.extensions?.requestId ?? null;
  }
}

function sentenceOf(problem: Problem): string {
  if (problem.__typename !== 'InvalidInput') return problem.message;
  const issues = problem.issues.map(({ path, message }) => `${path}: ${message}`);
  return [problem.message, ...issues].join('\n  ');
}
