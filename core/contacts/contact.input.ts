import { z } from 'zod';
import { shortText, target } from '../footprints/holder.input.ts';

const phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 ()./-]{3,38}$/, 'Digits, best with the country code: +880 1711 000000.');

const contactFields = z.object({
  name: shortText,
  role: shortText.nullish(),
  email: z.email().max(254).nullish(),
  phone: phone.nullish(),
  purpose: shortText,
  shared: z.boolean().nullish(),
});

export const addContactInput = contactFields.extend({
  of: z.string(),
  clientMutationKey: z.string().min(1).max(200).nullish(),
});
export const reviseContactInput = contactFields.partial().extend(target.shape);
export const eraseContactInput = z.object({ id: z.string() });
