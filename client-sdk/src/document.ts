/**
 * The text of an operation that knows what it answers and what variables it takes. A plain string is one; so is what
 * graphql-codegen generates in its mode `documentMode: 'string'`.
 */
export interface TypedDocument<Result = unknown, Variables = Record<string, unknown>> {
  toString(): string;
  /** For the compiler only: it never holds anything. */
  __apiType?: (variables: Variables) => Result;
}
