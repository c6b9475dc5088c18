import { z } from 'zod';
import { COMMITMENT_KINDS } from './actor.entity.ts';
import { MERGED_FIELDS } from './undo-merge.ts';

const shortText = z.string().trim().min(1).max(300);
/** Texts by BCP 47 language tag. */
export const localizedTexts = z
  .array(z.object({ language: z.string().trim().min(2).max(35), text: z.string().trim().min(1).max(10_000) }))
  .max(60);

export const commitmentInput = z.object({
  kind: z.enum(COMMITMENT_KINDS),
  description: shortText,
  amount: z.number().positive().max(1e12).nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD')
    .nullish(),
  source: z.string().max(1_000).nullish(),
});

const actorFields = z.object({
  name: shortText,
  names: localizedTexts.nullish(),
  kind: z.string(),
  aliases: z.array(shortText).max(50).nullish(),
  description: z.string().max(20_000).nullish(),
  website: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullish(),
  legalStatus: z.enum(['registered', 'unregistered', 'hosted']).nullish(),
  hostedBy: z.string().nullish(),
  baliProcessRole: z.enum(['member', 'observer', 'member_organisation', 'office', 'none']).nullish(),
  basedIn: z.array(z.string()).max(300).nullish(),
  communityOf: z.array(z.string()).max(300).nullish(),
  identifiers: z
    .array(z.object({ scheme: shortText, value: shortText }))
    .max(50)
    .nullish(),
  commitments: z.array(commitmentInput).max(50).nullish(),
  illustrative: z.boolean().nullish(),
  source: z.string().max(1_000).nullish(),
  visibility: z.enum(['public', 'members', 'partners']).nullish(),
});

export const registerActorInput = actorFields.extend({ clientMutationKey: z.string().min(1).max(200).nullish() });
export const reviseActorInput = actorFields.partial().extend({ id: z.string(), expectedVersion: z.number().int() });
export const verifyActorInput = z.object({
  id: z.string(),
  expectedVersion: z.number().int(),
  evidence: shortText,
  validUntil: z.iso.date().nullish(),
});
export const suspendActorInput = z.object({ id: z.string(), expectedVersion: z.number().int(), reason: shortText });
export const mergeActorsInput = z.object({
  survivor: z.string(),
  duplicate: z.string(),
  take: z.array(z.enum(MERGED_FIELDS)).max(MERGED_FIELDS.length).nullish(),
  expectedVersion: z.number().int(),
});
export const undoActorMergeInput = z.object({ duplicate: z.string(), expectedVersion: z.number().int() });

export type RegisterActor = z.infer<typeof registerActorInput>;
export type ReviseActor = z.infer<typeof reviseActorInput>;
