import { ConcordTransportError } from '@concord/client-sdk';

/** What the hub says to a browser that has just come. */
export interface Standing {
  readonly signedIn: boolean;
  /** As whom one may look around in a demo, by one click; empty on a hub that is none. */
  readonly demo: readonly string[];
}

/** Either a key, or the name of somebody of the demo. */
export type Proof = { readonly key: string } | { readonly demo: string };

/** @throws {ConcordTransportError} */
export const readStanding = (): Promise<Standing> => ask('GET');

/** From now on the browser holds a session. @throws {ConcordTransportError} with status 401 when the key opens nothing */
export const signIn = async (proof: Proof): Promise<void> => void (await ask('POST', proof));

/** @throws {ConcordTransportError} */
export const signOut = async (): Promise<void> => void (await ask('DELETE'));

async function ask(method: 'GET' | 'POST' | 'DELETE', proof?: Proof): Promise<Standing> {
  const response = await fetch('/session', {
    method,
    headers: { 'concord-session': 'cookie', 'content-type': 'application/json' },
    ...(proof && { body: JSON.stringify(proof) }),
  }).catch((cause: unknown) => {
    throw new ConcordTransportError('The hub cannot be reached.', { cause });
  });
  if (!response.ok) throw new ConcordTransportError('The hub refused.', { status: response.status });
  return (await response.json()) as Standing;
}
