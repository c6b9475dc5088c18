import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { codeOf } from './plain-error.ts';
import { isLoopback, isPublicAddress } from './public-address.ts';

export interface OutsideCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a call. Where it was answered, only with what status: nobody reads what others write. */
export type CallOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  | {
      readonly kind: 'failed';
      readonly reason: 'forbidden-address' | 'no-such-host' | 'timeout' | 'tls' | 'unreachable';
    };

export interface Address {
  readonly address: string;
  readonly family: number;
}

export interface OutsideOptions {
  /** Whether hosts on this machine may be called too. */
  readonly toLoopback: boolean;
  /** All addresses of a host; default: as the system says. */
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
/** More of an answer is not waited for. */
const READ_AT_MOST = 16_384;

class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/**
 * Posts to a host that somebody outside chose, and never to our own network: every address of the host must be public, and the
 * addresses that were looked at are those that are connected to. Redirects are answers like any other, followed by nobody.
 */
export async function postOutside(
  call: OutsideCall,
  { toLoopback, resolve = resolveAll, timeoutMs = TIMEOUT_MS }: OutsideOptions,
): Promise<CallOutcome> {
  const mayCall = (address: string): boolean => isPublicAddress(address) || (toLoopback && isLoopback(address));
  const host = new URL(call.url).hostname.replaceAll(/[[\]]/g, '');
  // Of a host that is written as an address nothing is looked up.
  if (isIP(host) !== 0 && !mayCall(host)) return { kind: 'failed', reason: 'forbidden-address' };
  const checked: LookupFunction = (name, { all }, callback) => {
    resolve(name).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => mayCall(address))) callback(new ForbiddenAddress(), '');
        else if (all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error('not resolved'), '');
      },
    );
  };
  return send(call, checked, AbortSignal.timeout(timeoutMs));
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
      resolve(answer ?? { kind: 'failed', reason: reasonOf(error, signal) });
    });
    sent.end(body);
  });
}

async function resolveAll(host: string): Promise<readonly Address[]> {
  return lookup(host, { all: true, verbatim: true });
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;

function reasonOf(error: Error, signal: AbortSignal): Extract<CallOutcome, { kind: 'failed' }>['reason'] {
  if (error instanceof ForbiddenAddress) return 'forbidden-address';
  if (signal.aborted) return 'timeout';
  const code = codeOf(error) ?? '';
  if (TLS.test(code)) return 'tls';
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'no-such-host' : 'unreachable';
}
