import { Concord } from '@concord/client-sdk';

/** The hub this page came from, as whoever is signed in: the session's cookie goes along by itself. */
export const hub = new Concord({
  url: location.origin,
  apiKey: null,
  // A person waits: what does not come at the third try is said to them.
  retries: 2,
});
