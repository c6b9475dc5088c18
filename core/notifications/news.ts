import { z } from 'zod';
import { NOTIFICATION_KINDS } from './notification-kind.ts';

/** Something that a recipient should be told: ids and codes, never content. */
export const newsSchema = z.strictObject({
  /** An actor; null: the coordinators. */
  recipient: z.string().min(1).nullable(),
  notice: z.enum(NOTIFICATION_KINDS),
  /** The record, overlap, suggestion, actor or section that it is about. */
  subjectId: z.string().min(1),
  /** What makes it worth telling once more of the same subject, such as a day or a version; empty: it is told once. */
  occasion: z.string().max(64),
});
export type News = z.infer<typeof newsSchema>;
