import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import {
  type MayCall,
  type Resolve,
  type Unreached,
  guardedLookup,
  isForbiddenHost,
  mayCallPublic,
  unreachedBy,
} from './outside-guard.ts';

/** What tells the other side which version we have, as it said it. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array; readonly validators: Validators }
  | { readonly kind: 'not-modified' }
  /** Any other status. */
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterS: number | null }
  | {
      readonly kind: 'failed';
      readonly reason: Unreached | 'forbidden-url' | 'too-large' | 'too-many-redirects' | 'compressed';
    };

/** Only to be changed where hosts outside are on this machine: by tests. */
export interface FetchOptions {
  /** Default: public addresses. */
  readonly mayCall?: MayCall;
  /** All addresses of a host; default: as the system says. */
  readonly resolve?: Resolve;
  /** The port that may be called; default: 443. */
  readonly port?: string;
  /** Certificates that are trusted beside the known ones, in PEM. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 1_000_000;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Gets what is at a URL that somebody outside chose, and never anything of our own network: by https on its port, from hosts all
 * of whose addresses are public, and from the very addresses that were looked at; the same at each of at most 3 redirects.
 * 5 s and 1 MB for all of it. Never throws for what others do.
 */
export async function fetchOutside(url: string, known: Validators, options: FetchOptions = {}): Promise<FetchOutcome> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let next = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const target = allowedUrl(next, options.port ?? '');
    if (!target) return { kind: 'failed', reason: 'forbidden-url' };
    const outcome = await get(target, known, options, signal);
    if (outcome.kind !== 'redirected') return outcome;
    next = outcome.location;
  }
  return { kind: 'failed', reason: 'too-many-redirects' };
}

function allowedUrl(text: string, port: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '';
  return url.protocol === 'https:' && url.port === port && isPlain ? url : null;
}

type Hop = FetchOutcome | { readonly kind: 'redirected'; readonly location: string };

function get(url: URL, known: Validators, options: FetchOptions, signal: AbortSignal): Promise<Hop> {
  const { mayCall = mayCallPublic(false), resolve: resolveHost, ca } = options;
  if (isForbiddenHost(url, mayCall)) return Promise.resolve({ kind: 'failed', reason: 'forbidden-address' });
  return new Promise((resolve) => {
    const headers = {
      accept: 'text/calendar, */*;q=0.1',
      'accept-encoding': 'identity',
      'user-agent': 'Concord',
      ...(known.etag !== null && { 'if-none-match': known.etag }),
      ...(known.lastModified !== null && { 'if-modified-since': known.lastModified }),
    };
    const lookup = guardedLookup(mayCall, resolveHost);
    const sent = request(
      url,
      { headers, agent: false, lookup, signal, ...(ca !== undefined && { ca }) },
      (response) => {
        const early = beforeItsBody(url, response);
        if (early) {
          resolve(early);
          response.on('error', () => undefined);
          response.destroy();
          return;
        }
        readBody(response, signal, resolve);
      },
    );
    sent.on('error', (error) => {
      resolve({ kind: 'failed', reason: unreachedBy(error, signal) });
    });
    sent.end();
  });
}

/** What an answer is by its head alone; null for one whose body counts. */
function beforeItsBody(url: URL, { statusCode: status = 0, headers }: IncomingMessage): Hop | null {
  if (status === 304) return { kind: 'not-modified' };
  const { location } = headers;
  if (REDIRECTS.has(status) && location !== undefined)
    return { kind: 'redirected', location: URL.canParse(location, url) ? new URL(location, url).href : location };
  if (status !== 200) {
    const after = /^\d{1,9}$/.exec(headers['retry-after'] ?? '')?.[0];
    return { kind: 'answered', status, retryAfterS: after === undefined ? null : Number(after) };
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' ? null : { kind: 'failed', reason: 'compressed' };
}

function readBody(response: IncomingMessage, signal: AbortSignal, resolve: (outcome: Hop) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MOST_BYTES) {
      chunks.push(chunk);
      return;
    }
    resolve({ kind: 'failed', reason: 'too-large' });
    response.destroy();
  });
  response.on('error', (error) => {
    resolve({ kind: 'failed', reason: unreachedBy(error, signal) });
  });
  response.on('end', () => {
    const { etag = null, 'last-modified': lastModified = null } = response.headers;
    resolve({ kind: 'fetched', bytes: Buffer.concat(chunks), validators: { etag, lastModified } });
  });
}
