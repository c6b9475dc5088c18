import { sql } from 'kysely';
import { z } from 'zod';
import type { Work } from '../access/unit-of-work.ts';
import { languageTag, shortText } from '../footprints/holder.input.ts';
import { httpsAddress } from '../https-address.ts';

const MATERIAL_KINDS = ['agenda', 'slides', 'handout', 'report', 'video', 'recording', 'other'] as const;

/** What there is to read or watch for an entry. The hub keeps where it is, and never looks there. */
export const materials = z
  .array(
    z.object({
      title: shortText,
      url: httpsAddress,
      language: languageTag.nullish(),
      kind: z.enum(MATERIAL_KINDS).nullish(),
    }),
  )
  .max(30);

/** Puts these in the place of the materials of a stored entry; absent, they stay. */
export async function replaceMaterials(
  { em }: Work,
  entryId: string,
  given: z.infer<typeof materials> | null | undefined,
): Promise<void> {
  if (given === undefined) return;
  const db = em.getKysely();
  await sql`delete from calendar_material where entry_id = ${entryId}`.execute(db);
  const rows = (given ?? []).map(({ title, url, language = null, kind }, index) => ({
    entry_id: entryId,
    position: index + 1,
    title,
    url,
    language,
    kind: kind ?? 'other',
  }));
  await sql`insert into calendar_material
    select * from jsonb_populate_recordset(null::calendar_material, ${JSON.stringify(rows)}::jsonb)`.execute(db);
}
