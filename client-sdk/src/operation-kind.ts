/** Strings and comments, in which words mean nothing. */
const NOT_CODE = /"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g;

/**
 * Whether a document may change something. Errs to the safe side without parsing: a query with a field called `mutation` counts
 * as one, and is then sent only once.
 */
export function isMutation(text: string): boolean {
  return /\bmutation\b/.test(text.replace(NOT_CODE, ' '));
}
