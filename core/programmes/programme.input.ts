import { z } from 'zod';
import { commitmentInput } from '../actors/actor.input.ts';
import { creation, holderFields, longText, reason, shortText, target } from '../footprints/holder.input.ts';

const programmeFields = holderFields.extend({
  partners: z
    .array(z.object({ actor: z.string(), role: z.enum(['funding', 'accountable', 'extending', 'implementing']) }))
    .max(200)
    .nullish(),
  mechanisms: z
    .array(
      z.object({
        name: shortText,
        description: longText.nullish(),
        channel: z.string().nullish(),
        howToUse: longText.nullish(),
      }),
    )
    .max(50)
    .nullish(),
  commitments: z
    .array(
      commitmentInput.refine(
        ({ amount, currency }) => (typeof amount === 'number') === (typeof currency === 'string'),
        {
          path: ['currency'],
          message: 'An amount and its currency belong together.',
        },
      ),
    )
    .max(50)
    .nullish(),
});

export const registerProgrammeInput = programmeFields.extend(creation.shape);
export const reviseProgrammeInput = programmeFields.partial().extend(target.shape);
export const withdrawProgrammeInput = target.extend({ reason: reason.nullish() });

export type ProgrammeFields = z.infer<typeof programmeFields>;
