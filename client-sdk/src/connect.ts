import { Calls } from './calls.ts';
import { platformSurroundings } from './surroundings.ts';

/** How to reach a hub, and how patiently. */
export interface ConnectOptions {
  /** Of the hub, such as `https://hub.example.org`, without `/graphql`. */
  readonly url: string;
  /** A key (`ccd_…`), or a token of the issuer the hub trusts. Null: a page of the hub, which comes by the cookie of its session. */
  readonly apiKey: string | null;
  /** For whom to act, where the person has several memberships: the id of an actor. */
  readonly actor?: string | undefined;
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch | undefined;
  /** How long one attempt may take. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** How often a call that is harmless to repeat is repeated when the network fails. Default 5; 0 never. */
  readonly retries?: number | undefined;
}

/**
 * What every part of the client calls a hub by. With it a page can take only the parts that it uses, and its bundler leaves out the
 * rest; `Concord` has them all.
 *
 * @example
 * const suggestions = new Suggestions(connect({ url: 'http://127.0.0.1:4000', apiKey: 'ccd_…' }));
 */
export function connect({ timeoutMs = 30_000, retries = 5, fetch, ...access }: ConnectOptions): Calls {
  return new Calls({ ...access, timeoutMs, retries }, platformSurroundings(fetch));
}
