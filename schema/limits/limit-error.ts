import { type ASTNode, GraphQLError } from 'graphql';

/** A limit that was passed: what it is, what was counted, and what helps. */
export interface Passed {
  /** In words, as in docs/security.md. */
  readonly limit: string;
  readonly allowed: number;
  readonly found: number;
  /** What was found where, in the beginning of a sentence that `at most … are allowed` ends. */
  readonly what: string;
  /** A sentence. */
  readonly help: string;
  /** Where in the document. */
  readonly nodes?: readonly ASTNode[];
}

/** The one shape of all errors about limits of operations. */
export function limitError({ limit, allowed, found, what, help, nodes }: Passed): GraphQLError {
  return new GraphQLError(`${what}; at most ${counted(allowed)} are allowed. ${help}`, {
    ...(nodes && { nodes }),
    extensions: { code: 'LIMIT_EXCEEDED', limit, allowed, found, http: { status: 400 } },
  });
}

/** 12,345 */
export const counted = (number: number): string => number.toLocaleString('en');
