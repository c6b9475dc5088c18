import { z } from 'zod';

/** Labels with a dot between, the last not a number: a name, and no address in a network. */
const HOST_NAME = /^(?:[a-z0-9-]+\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]+$/;

/** An address that a browser may open: https, a host by name, and nothing that signs in. */
export const httpsAddress = z
  .string()
  .max(2_000)
  .refine(isHttpsAddress, 'An address that begins with https:// and a host by name, without a user name or password.');

function isHttpsAddress(text: string): boolean {
  if (!text.startsWith('https://') || /[\s\p{C}]/u.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return HOST_NAME.test(hostname) && username === '' && password === '';
}
