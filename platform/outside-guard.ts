import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { codeOf } from './plain-error.ts';
import { isLoopback, isPublicAddress } from './public-address.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

/** Why a host outside was not reached, as a code. */
export type Unreached = 'forbidden-address' | 'no-such-host' | 'timeout' | 'tls' | 'unreachable';

/** Whether an address may be connected to. */
export type MayCall = (address: string) => boolean;

/** Public addresses alone, or this machine's too. */
export const mayCallPublic =
  (toLoopback: boolean): MayCall =>
  (address) =>
    isPublicAddress(address) || (toLoopback && isLoopback(address));

class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress';
}

/** Whether the host of a URL is written as an address that may not be connected to: of these nothing is looked up. */
export function isForbiddenHost(url: URL, mayCall: MayCall): boolean {
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  return isIP(host) !== 0 && !mayCall(host);
}

/** Looks a host up for a connection: every address of it must be allowed, and those that were looked at are connected to. */
export function guardedLookup(mayCall: MayCall, resolve: Resolve = resolveAll): LookupFunction {
  return (name, { all }, callback) => {
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
}

async function resolveAll(host: string): Promise<readonly Address[]> {
  return lookup(host, { all: true, verbatim: true });
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;

/** What a failed connection failed by. */
export function unreachedBy(error: Error, signal: AbortSignal): Unreached {
  if (error instanceof ForbiddenAddress) return 'forbidden-address';
  if (signal.aborted) return 'timeout';
  const code = codeOf(error) ?? '';
  if (TLS.test(code)) return 'tls';
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'no-such-host' : 'unreachable';
}
