import { z } from 'zod';

/** An address that a browser may open: https, a host by name, and nothing that signs in. */
export const httpsAddress = z
  .url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'An address that begins with https://.' })
  .max(2_000)
  .refine((text) => !URL.canParse(text) || new URL(text).username + new URL(text).password === '', {
    error: 'An address without a user name or password.',
  });
