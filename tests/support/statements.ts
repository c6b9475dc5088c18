import pg from 'pg';

/** The frame of a transaction, and finding out who asks, which several requests may share. */
const FRAME =
  /^\s*(begin|start transaction|commit|rollback|set |select set_config\()|from app\.find_(api_key|memberships)\(/i;
/** What keys have spent is told in the background, whenever it is. */
const SETTLING = /cost_spent/;
/** A listening connection asks it every few seconds to see whether its line is still there. */
const SIGN_OF_LIFE = 'select 1';

/**
 * Counts what reaches PostgreSQL while the body runs, without the frame of transactions and session context, without signing in,
 * and without the sign of life of connections that listen.
 */
export async function statementsDuring(body: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const prototype = pg.Client.prototype;
  const original = prototype.query;
  prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
    const [first] = args;
    const text =
      typeof first === 'string'
        ? first
        : typeof first === 'object' && first !== null && 'text' in first
          ? String(first.text)
          : '';
    if (!FRAME.test(text) && !SETTLING.test(text) && text !== SIGN_OF_LIFE) seen.push(text);
    return Reflect.apply(original, this, args);
  } as typeof original;
  try {
    await body();
  } finally {
    prototype.query = original;
  }
  return seen;
}
