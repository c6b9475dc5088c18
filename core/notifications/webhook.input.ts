import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback, isPublicAddress } from '../../platform/public-address.ts';
import { NOTIFICATION_KINDS } from './notification-kind.ts';

const LONGEST_URL = 500;

export const registerWebhookInput = z.object({
  url: z.string().max(LONGEST_URL),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)).min(1).nullish(),
});
export const webhookTarget = z.object({ id: z.string() });

/**
 * Why nothing is called at a URL, as a sentence, or null. What its host resolves to is looked at whenever it is called, not here.
 * @param toLoopback whether hosts on this machine may be called, by plain http and on any port
 */
export function refuseUrl(text: string, toLoopback: boolean): string | null {
  if (!URL.canParse(text)) return 'A URL such as https://example.org/concord.';
  const url = new URL(text);
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return 'A URL without user name, password and fragment.';
  if (toLoopback && (host === 'localhost' || isLoopback(host))) {
    return url.protocol === 'https:' || url.protocol === 'http:' ? null : 'A URL that begins with http.';
  }
  if (url.protocol !== 'https:' || url.port !== '') return 'A URL that begins with https://, on the port of https.';
  const isOurs = isIP(host) === 0 ? host === 'localhost' || !host.includes('.') : !isPublicAddress(host);
  return isOurs ? 'A host on the public internet.' : null;
}
