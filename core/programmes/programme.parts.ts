import { sql } from 'kysely';
import type { Work } from '../access/unit-of-work.ts';
import { Actor, Commitment } from '../actors/actor.entity.ts';
import { type Refused, invalid, notFound } from '../outcome.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { Mechanism, type Programme, ProgrammePartner } from './programme.entity.ts';
import type { ProgrammeFields } from './programme.input.ts';

/** What belongs to one programme alone and is replaced as a whole. An absent list stays; null and an empty one clear. */
export type ProgrammeParts = Pick<Partial<ProgrammeFields>, 'partners' | 'mechanisms' | 'commitments'>;

/** Refuses partners that are not registered and channels nobody knows; else gives the parts with canonical codes. */
export async function checkParts<T extends ProgrammeParts>(
  work: Work,
  vocabulary: VocabularyService,
  parts: T,
): Promise<{ readonly kind: 'fit'; readonly parts: T } | Refused> {
  const asked = [...new Set(parts.partners?.map(({ actor }) => actor))];
  const known = new Set((await work.em.find(Actor, { id: { $in: asked }, mergedIntoId: null })).map(({ id }) => id));
  const missing = asked.find((id) => !known.has(id));
  if (missing !== undefined) return notFound(missing);
  if (!parts.mechanisms) return { kind: 'fit', parts };
  const written = parts.mechanisms.flatMap(({ channel }, index) =>
    channel
      ? [{ kind: 'channel' as const, code: channel, path: `input.mechanisms[${String(index)}].channel`, index }]
      : [],
  );
  const { resolved, issues } = await vocabulary.resolveCodes(work.em, written);
  if (issues.length > 0) return invalid(issues);
  const channels = new Map(resolved.map(({ written: { index }, code }) => [index, code]));
  const mechanisms = parts.mechanisms.map((mechanism, index) => ({
    ...mechanism,
    channel: channels.get(index) ?? null,
  }));
  return { kind: 'fit', parts: { ...parts, mechanisms } };
}

/** Replaces the parts that are given. The programme itself is stored already. */
export async function replaceParts(work: Work, programme: Programme, parts: ProgrammeParts): Promise<void> {
  const { em } = work;
  const programmeId = programme.id;
  if (parts.partners !== undefined) {
    await em.nativeDelete(ProgrammePartner, { programmeId });
    const distinct = new Map((parts.partners ?? []).map((partner) => [`${partner.actor} ${partner.role}`, partner]));
    for (const { actor, role } of distinct.values()) em.create(ProgrammePartner, { programmeId, actorId: actor, role });
  }
  if (parts.mechanisms !== undefined) {
    await em.nativeDelete(Mechanism, { programmeId });
    (parts.mechanisms ?? []).forEach(({ name, description, channel, howToUse }, index) => {
      em.create(Mechanism, {
        id: work.newId('mec'),
        programmeId,
        position: index + 1,
        name,
        description: description ?? '',
        channel: channel ?? null,
        howToUse: howToUse ?? null,
      });
    });
  }
  if (parts.commitments !== undefined) {
    await em.nativeDelete(Commitment, { programmeId });
    for (const { kind, description, amount, currency, source } of parts.commitments ?? []) {
      em.create(Commitment, {
        id: work.newId('com'),
        actorId: programme.ownerId,
        programmeId,
        kind,
        description,
        amount: amount?.toFixed(2) ?? null,
        currency: currency ?? null,
        source: source ?? null,
      });
    }
  }
  await em.flush();
}

/** Which of these are no registered actors. */
export async function missingPartners({ em }: Work, actorIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from unnest(${[...new Set(actorIds)]}::text[]) as asked (id)
    where not exists (select from actor where actor.id = asked.id and merged_into_id is null)`.execute(em.getKysely());
  return new Set(rows.map(({ id }) => id));
}

/** Stores the partners of new programmes, each pair of actor and role once. */
export async function insertPartners(
  { em }: Work,
  partners: readonly { readonly programme: string; readonly actor: string; readonly role: string }[],
): Promise<void> {
  if (partners.length === 0) return;
  await sql`insert into programme_partner (programme_id, actor_id, role)
    select distinct programme, actor, role from jsonb_to_recordset(${JSON.stringify(partners)}::jsonb)
      as given (programme text, actor text, role text)`.execute(em.getKysely());
}
