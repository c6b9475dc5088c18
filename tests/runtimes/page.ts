import { webStorage } from '@concord/client-sdk';
import { tour } from './tour.ts';

/** What a page has of the client, for whoever looks into it from outside. */
Object.assign(globalThis, {
  takeTour: (url: string, keys: readonly [string, string]) => tour({ url, keys, storage: webStorage(localStorage) }),
});
