import { Concord } from '@concord/client-sdk';

/** The hub this page came from, as whoever is signed in: the session's cookie goes along by itself. */
export const hub = new Concord({
  url: location.origin,
  apiKey: null,
  fetch: asOwnPage,
  // A person waits: what does not come at the third try is said to them.
  retries: 2,
});

/** By a cookie the hub answers only who says by this header that it is a page of the hub: pages of other sites cannot. */
function asOwnPage(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.set('concord-session', 'cookie');
  return fetch(input, { ...init, headers });
}
