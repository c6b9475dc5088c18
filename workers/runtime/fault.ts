import { codeOf } from '../../platform/plain-error.ts';

const SQLSTATE = /^[0-9A-Z]{5}$/;
const LONGEST = 300;

/**
 * What may be stored and logged of an error thrown by a handler. The message of a database error quotes the statement with its
 * values, which may be anybody's text: of those only the SQLSTATE and the name of the constraint are told.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const code = codeOf(error);
  if (code !== null && SQLSTATE.test(code)) {
    const constraint = 'constraint' in error && typeof error.constraint === 'string' ? ` (${error.constraint})` : '';
    return `database error ${code}${constraint}`;
  }
  return `${error.name}: ${error.message}`.slice(0, LONGEST);
}

/** An error fit for the log: the description of the fault, with the frames of our own code and without the original message. */
export function tellableError(error: unknown): Error {
  const tellable = new Error(describeFault(error));
  tellable.stack = [tellable.message, ...framesOf(error)].join('\n');
  return tellable;
}

function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack.split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'));
}
