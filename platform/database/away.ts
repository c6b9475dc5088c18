import { inTime } from '../in-time.ts';
import { codeOf } from '../plain-error.ts';

/** What the system says of a line that is cut, or nobody at its end; and PostgreSQL that starts, stops, or has no room for us. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // connection failures
  ...['08000', '08001', '08003', '08004', '08006'],
  // too many connections; shutting down, after a crash, starting up
  ...['53300', '57P01', '57P02', '57P03'],
]);

/** What node-postgres says of it without a code. */
const WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|PostgreSQL has been silent)/;

/** What PostgreSQL answers, if it does so in time. @throws an error that says that it is away */
export function answerSoon<T>(answer: Promise<T>, withinMs: number): Promise<T> {
  return inTime(answer, withinMs, () => new Error(silentFor(withinMs)));
}

/** What is said of a line that fell silent. */
export const silentFor = (ms: number): string => `PostgreSQL has been silent for ${String(ms)} ms`;

/**
 * Whether something failed only because PostgreSQL could not be reached, or had no connection left for us: the same may succeed a
 * moment later. Whether a change that was under way was made, nobody knows.
 */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return AWAY.has(codeOf(thrown) ?? '') || WORDS.test(thrown.message) || isDatabaseAway(thrown.cause);
}
