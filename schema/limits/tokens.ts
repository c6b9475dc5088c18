import { type DocumentNode, GraphQLError, Lexer, Source, TokenKind, parse } from 'graphql';
import { counted, limitError } from './limit-error.ts';
import { LIMITS } from './limits.ts';

/** The parser gives up at the first token beyond, so that a large document costs no more than a small one. */
export const PARSE_OPTIONS = { maxTokens: LIMITS.tokens } as const;

/** @throws {GraphQLError} as a syntax error, or because of its length */
export function parseWithinLimits(text: string): DocumentNode {
  try {
    return parse(text, PARSE_OPTIONS);
  } catch (error) {
    throw (error instanceof GraphQLError ? tooManyTokens(error) : null) ?? error;
  }
}

/** What is to be said instead of a syntax error when that is about the length of the document; else null. */
export function tooManyTokens(error: GraphQLError): GraphQLError | null {
  const { source } = error;
  // The parser has no other mark for it.
  if (!source || !error.message.includes(`${String(LIMITS.tokens)} tokens`)) return null;
  const found = countTokens(source.body);
  return limitError({
    limit: 'tokens',
    allowed: LIMITS.tokens,
    found,
    what: `This document has ${counted(found)} tokens (names, values and signs)`,
    help: 'Send values as variables, share what is repeated in a fragment, or ask in several operations.',
  });
}

/** Up to the first sign that is none. */
function countTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  try {
    for (; lexer.advance().kind !== TokenKind.EOF; tokens += 1);
  } catch {
    // What comes behind is not a document any more; what was counted was too much already.
  }
  return tokens;
}
