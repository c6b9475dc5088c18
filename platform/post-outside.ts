import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import {
  type Resolve,
  type Unreached,
  guardedLookup,
  isForbiddenHost,
  mayCallPublic,
  unreachedBy,
} from './outside-guard.ts';

export interface OutsideCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a call. Where it was answered, only with what status: nobody reads what others write. */
export type CallOutcome =
  { readonly kind: 'answered'; readonly status: number } | { readonly kind: 'failed'; readonly reason: Unreached };

export interface OutsideOptions {
  /** Whether hosts on this machine may be called too. */
  readonly toLoopback: boolean;
  /** All addresses of a host; default: as the system says. */
  readonly resolve?: Resolve;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** More of an answer is not waited for. */
const READ_AT_MOST = 16_384;

/**
 * Posts to a host that somebody outside chose, and never to our own network: every address of the host must be public, and the
 * addresses that were looked at are those that are connected to. Redirects are answers like any other, followed by nobody.
 */
export async function postOutside(
  call: OutsideCall,
  { toLoopback, resolve, timeoutMs = TIMEOUT_MS }: OutsideOptions,
): Promise<CallOutcome> {
  const mayCall = mayCallPublic(toLoopback);
  if (isForbiddenHost(new URL(call.url), mayCall)) return { kind: 'failed', reason: 'forbidden-address' };
  return send(call, guardedLookup(mayCall, resolve), AbortSignal.timeout(timeoutMs));
}

function send({ url, headers, body }: OutsideCall, lookUp: LookupFunction, signal: AbortSignal): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = String(Buffer.byteLength(body));
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': length },
      agent: false,
      lookup: lookUp,
      signal,
    };
    let answer: CallOutcome | null = null;
    const sent = request(url, options, (response) => {
      const answered: CallOutcome = { kind: 'answered', status: response.statusCode ?? 0 };
      answer = answered;
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > READ_AT_MOST) response.destroy();
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        resolve(answered);
      });
    });
    sent.on('error', (error) => {
      // Whoever has answered has been reached, however the rest of the answer ends.
      resolve(answer ?? { kind: 'failed', reason: unreachedBy(error, signal) });
    });
    sent.end(body);
  });
}
