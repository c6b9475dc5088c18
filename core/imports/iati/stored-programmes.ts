import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { StatedFootprint } from '../../footprints/stated-footprint.ts';
import type { PartnerRole } from '../../programmes/programme.entity.ts';
import type { FileProgramme } from './to-programme.ts';

/** Scheme of the identifiers by which programmes are found again. */
export const ACTIVITY_SCHEME = 'iati';

export interface Partner {
  readonly actor: string;
  readonly role: PartnerRole;
}

/** A programme of an earlier load, as the hub has it now. */
export interface StoredProgramme {
  readonly id: string;
  readonly ownerId: string;
  readonly identifier: string;
  readonly version: number;
  readonly withdrawn: boolean;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  readonly stated: StatedFootprint;
  readonly partners: readonly Partner[];
}

/** The programmes that these owners have under these identifiers, by `programmeKey`. In one statement. */
export async function storedProgrammes(
  em: EntityManager,
  wanted: readonly { readonly ownerId: string; readonly identifier: string }[],
): Promise<ReadonlyMap<string, StoredProgramme>> {
  const { rows } = await sql<StoredProgramme>`
    select p.id, p.owner_id as "ownerId", external_id as identifier, version, withdrawn_at is not null as withdrawn,
      name, names, description, descriptions,
      case when exact.stated is null then p.stated else p.stated || jsonb_build_object('places', exact.stated) end as stated, (
        select coalesce(json_agg(json_build_object('actor', actor_id, 'role', role)), '[]')
        from programme_partner where programme_id = p.id) as partners
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted ("ownerId" text, identifier text)
      join programme p on p.owner_id = wanted."ownerId" and external_scheme = ${ACTIVITY_SCHEME} and external_id = wanted.identifier
      left join exact_place exact on exact.subject_id = p.id
    `.execute(em.getKysely());
  return new Map(rows.map((row) => [programmeKey(row), row]));
}

export function programmeKey({
  ownerId,
  identifier,
}: {
  readonly ownerId: string;
  readonly identifier: string;
}): string {
  return JSON.stringify([ownerId, identifier]);
}

/** Whether the hub has a programme exactly as the file has it. What a file cannot say (audiences, channels …) does not count. */
export function saysTheSame(stored: StoredProgramme, file: FileProgramme, partners: readonly Partner[]): boolean {
  const { name, names, description, descriptions, stated } = stored;
  const told = stored.partners.length === 0 && isOwnerAlone(stored, partners) ? [] : partners;
  return isDeepStrictEqual(
    [
      name,
      names,
      description,
      descriptions,
      stated.days ?? null,
      sorted(stated.places),
      sorted(stated.themes),
      inOrder(stored.partners),
    ],
    [
      file.name,
      file.names,
      file.description,
      file.descriptions,
      file.days,
      sorted(file.places),
      sorted(file.themes),
      inOrder(told),
    ],
  );
}

/**
 * The standard demands a participant of every activity, so a programme of the hub that names none is taken out with its owner as the one
 * who is accountable.
 */
function isOwnerAlone({ ownerId }: StoredProgramme, partners: readonly Partner[]): boolean {
  return partners.every(({ actor, role }) => actor === ownerId && role === 'accountable');
}

const sorted = (codes: readonly string[] = []): readonly string[] => codes.toSorted();
const inOrder = (partners: readonly Partner[]): readonly string[] =>
  sorted(partners.map(({ actor, role }) => `${actor} ${role}`));
