import { z } from 'zod';
import { httpsAddress } from '../https-address.ts';

/** Calendar programs write `webcal:` for what they get by https. */
const calendarAddress = z
  .string()
  .transform((text) => text.trim().replace(/^webcals?:/i, 'https:'))
  .pipe(httpsAddress);

export const subscribeCalendarInput = z.object({
  url: calendarAddress,
  campaign: z.string(),
  clientMutationKey: z.string().min(1).max(200).nullish(),
});
export const subscriptionTarget = z.object({ id: z.string() });
