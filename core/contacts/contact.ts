import { z } from 'zod';

/** Whatever tells who a contact is; only ever stored encrypted. */
export const contactDetails = z.object({
  name: z.string(),
  role: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  purpose: z.string(),
});
export type ContactDetails = z.infer<typeof contactDetails>;

/** A person to write to about an actor or a programme, as those see it who may. */
export interface Contact extends ContactDetails {
  readonly id: string;
  readonly version: number;
  readonly shared: boolean;
  /** ISO 8601. */
  readonly updatedAt: string;
}
