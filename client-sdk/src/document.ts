/**
 * The text of an operation that knows what it answers and what variables it takes. A plain string is one; so is what
 * graphql-codegen generates in its mode `documentMode: 'string'`.
 */
export interface TypedDocument<Result = unknown, Variables = Record<string, unknown>> {
  /** The text of the operation. */
  toString(): string;
  /** For the compiler only: it never holds anything. */
  __apiType?: (variables: Variables) => Result;
}

/** An operation with the fragments it uses. A call, because bundlers would else write the fragments into every operation. */
export function joined(...parts: readonly string[]): string {
  return parts.join('');
}
