import { z } from 'zod';
import { reason, target } from '../footprints/holder.input.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';

export const INSIGHT_KINDS = ['information_way', 'unmet_need', 'trend'] as const;
export type InsightKind = (typeof INSIGHT_KINDS)[number];

const codes = z.array(z.string()).max(300).nullish();

/** The share of an audience that a channel reaches: a statement about nobody is none. */
const weightedChannel = z.object({ channel: z.string(), weight: z.number().positive().max(1) });

const insightFields = z.object({
  kind: z.enum(INSIGHT_KINDS),
  audience: z.string(),
  statement: z.string().trim().min(1).max(2_000),
  source: z.string().trim().min(1).max(1_000),
  publishedOn: calendarDay,
  places: codes,
  corridor: z.string().nullish(),
  themes: codes,
  channels: z.array(weightedChannel).max(60).nullish(),
  validFrom: calendarDay.nullish(),
  /** The last day. */
  validTo: calendarDay.nullish(),
  illustrative: z.boolean().nullish(),
});

export const registerInsightInput = insightFields.extend({ clientMutationKey: z.string().min(1).max(200).nullish() });
export const reviseInsightInput = insightFields.partial().extend(target.shape);
export const confirmInsightInput = target;
export const withdrawInsightInput = target.extend({ reason: reason.nullish() });

export type InsightFields = z.infer<typeof insightFields>;
/** What is absent stays; null goes back to unstated. */
export type InsightChanges = { readonly [K in keyof InsightFields]?: InsightFields[K] | undefined };
