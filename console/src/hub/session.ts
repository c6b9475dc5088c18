import { ConcordTransportError } from '@concord/client-sdk';

/** What the hub says to a browser that has just come. */
export interface Standing {
  readonly signedIn: boolean;
  /** As whom one may look around in a demo, by one click; empty on a hub that is none. */
  readonly demo: readonly string[];
  /** Who else can prove who one is, by the name of its host; null: nobody. */
  readonly issuer: string | null;
  /** What is to be told of a sign-in there. */
  readonly unfinished: Unfinished | null;
}

export type Unfinished =
  | {
      readonly kind: 'failed';
      readonly why: 'away' | 'expired' | 'refused' | 'too-many' | 'unknown';
      /** Whom the issuer named, where it came that far. */
      readonly person: { readonly issuer: string; readonly subject: string } | null;
    }
  | { readonly kind: 'choose'; readonly memberships: readonly OwnMembership[] };

/** For whom one may act. */
export interface OwnMembership {
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly role: string;
}

/** Either a key, or the name of somebody of the demo. */
export type Proof = { readonly key: string } | { readonly demo: string };

/** @throws {ConcordTransportError} */
export const readStanding = (): Promise<Standing> => ask<Standing>('GET', '/session');

/** From now on the browser holds a session. @throws {ConcordTransportError} with status 401 when the key opens nothing */
export const signIn = async (proof: Proof): Promise<void> => void (await ask('POST', '/session', proof));

/** Leaves the page for the issuer, which leads back to where one was. @throws {ConcordTransportError} with status 503 while it is away */
export async function signInByIssuer(): Promise<void> {
  const { to } = await ask<{ to: string }>('POST', '/session/issuer', { at: location.pathname + location.search });
  location.assign(to);
}

/** For whoever has several memberships, once the issuer has proven them. @throws {ConcordTransportError} with status 401 when that is too long ago */
export const actFor = async ({ actorId }: OwnMembership): Promise<void> =>
  void (await ask('POST', '/session/actor', { actor: actorId ?? 'none' }));

/** @throws {ConcordTransportError} */
export const signOut = async (): Promise<void> => void (await ask('DELETE', '/session'));

async function ask<Told>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Told> {
  const response = await fetch(path, {
    method,
    headers: { 'concord-session': 'cookie', 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new ConcordTransportError('The hub cannot be reached.', { cause });
  });
  if (!response.ok) throw new ConcordTransportError('The hub refused.', { status: response.status });
  return (await response.json()) as Told;
}
