import { sql } from 'kysely';
import type { CountryRole } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { JointState, PartState } from './states.ts';

/** A joint campaign as somebody finds it who knows of it. */
export interface Joint {
  readonly id: string;
  readonly suggestionId: string;
  readonly state: JointState;
  readonly version: number;
  readonly name: string;
  /** The window: `YYYY-MM-DD`, both included, and which version of it this is. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly windowVersion: number;
  /** Those of whom the viewer may know whose they are, its own among them, in their order. */
  readonly parts: readonly KnownPart[];
  /** The ids of all parts. */
  readonly seats: readonly string[];
}

export interface KnownPart {
  readonly id: string;
  readonly state: PartState;
  readonly actorId: string;
  readonly mine: boolean;
  readonly country: string;
  readonly role: CountryRole | null;
  readonly lead: boolean;
  readonly leadsOnceAccepted: boolean;
  readonly version: number;
  readonly campaignId: string | null;
  readonly entryId: string | null;
}

const PART = sql`json_build_object('id', part.id, 'state', part.state, 'actorId', part.actor_id, 'country', part.country,
  'role', part.role, 'lead', part.lead, 'leadsOnceAccepted', part.leads_once_accepted, 'version', part.version,
  'campaignId', part.campaign_id, 'entryId', part.entry_id, 'mine', part.actor_id = app.actor_id())`;

/** Reads a joint campaign and holds it still until the transaction ends; null when there is none that the viewer knows of. */
export async function takeJoint({ em }: Work, id: string): Promise<Joint | null> {
  const db = em.getKysely();
  await sql`select app.hold_joint_campaign(${id})`.execute(db);
  const { rows } = await sql<Joint>`
    select id, suggestion_id as "suggestionId", state, version, name, starts_on::text as "startsOn", ends_on::text as "endsOn",
      window_version as "windowVersion", coalesce((select json_agg(${PART} order by part.position)
        from seen_joint_part part where part.joint_id = joint_campaign.id and part.actor_id is not null), '[]') as parts,
      array(select seat.id from joint_part seat where seat.joint_id = joint_campaign.id order by seat.position) as seats
    from joint_campaign where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The joint campaign that a part, task, message or outcome is of; null when the viewer sees none with this id. */
export async function findJointOf(
  { em }: Work,
  table: 'joint_part' | 'joint_task' | 'joint_message' | 'joint_outcome',
  id: string,
): Promise<string | null> {
  const { rows } = await sql<{
    joint: string;
  }>`select joint_id as joint from ${sql.table(table)} where id = ${id}`.execute(em.getKysely());
  return rows[0]?.joint ?? null;
}

/** A part of the viewer's own, whatever became of it and of what it knows of the joint campaign. */
export async function findOwnPart({ em, viewer }: Work, id: string): Promise<KnownPart | null> {
  const { rows } = await sql<{ part: KnownPart }>`select ${PART} as part from seen_joint_part part
    where part.id = ${id} and part.actor_id = ${viewer.actorId}`.execute(em.getKysely());
  return rows[0]?.part ?? null;
}

/** A joint campaign of this suggestion that goes on and that the viewer knows of. Nobody begins one of it meanwhile. */
export async function findBegun({ em }: Work, suggestionId: string): Promise<string | null> {
  const db = em.getKysely();
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(['joint', suggestionId])}, 0))`.execute(db);
  const { rows } = await sql<{ id: string }>`select id from joint_campaign
    where suggestion_id = ${suggestionId} and state in ('preparing', 'active') order by id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

export interface NewJoint {
  readonly id: string;
  readonly suggestionId: string;
  readonly name: string;
  readonly description: string;
  readonly corridor: string | null;
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
  readonly startsOn: string;
  readonly endsOn: string;
}

export async function insertJoint({ em, viewer, now }: Work, joint: NewJoint): Promise<void> {
  await sql`insert into joint_campaign (id, suggestion_id, started_by, name, description, state, corridor, themes, audiences,
      starts_on, ends_on, created_at, updated_at)
    values (${joint.id}, ${joint.suggestionId}, ${viewer.actorId}, ${joint.name}, ${joint.description}, 'preparing', ${joint.corridor},
      ${[...joint.themes]}, ${[...joint.audiences]}, ${joint.startsOn}, ${joint.endsOn}, ${now}, ${now})`.execute(
    em.getKysely(),
  );
}

/** Makes parts of participants of the suggestion, in their order; see `app.open_joint_parts` for what becomes of each. */
export async function openParts(work: Work, jointId: string, positions: readonly number[]): Promise<void> {
  const ids = positions.map(() => work.newId('jpt'));
  await sql`select app.open_joint_parts(${jointId}, ${[...positions]}, ${ids}, ${work.now})`.execute(
    work.em.getKysely(),
  );
}

/** Changes a joint campaign: what is absent stays. */
export async function updateJoint(
  { em, now }: Work,
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly description?: string | undefined;
    readonly state?: JointState;
    readonly cancelledReason?: string | null;
    readonly window?: { readonly start: string; readonly end: string } | null;
  },
): Promise<void> {
  const { name, description, state, cancelledReason, window } = change;
  await sql`update joint_campaign set name = coalesce(${name ?? null}, name), description = coalesce(${description ?? null}, description),
      state = coalesce(${state ?? null}, state), cancelled_reason = coalesce(${cancelledReason ?? null}, cancelled_reason),
      starts_on = coalesce(${window?.start ?? null}::date, starts_on), ends_on = coalesce(${window?.end ?? null}::date, ends_on),
      window_version = window_version + ${window ? 1 : 0}, version = version + 1, updated_at = ${now}
    where id = ${id}`.execute(em.getKysely());
}

/** Gives the lead to a part, from whoever has it. */
export async function giveLead({ em }: Work, jointId: string, partId: string): Promise<void> {
  const db = em.getKysely();
  await sql`update joint_part set lead = false where joint_id = ${jointId} and lead`.execute(db);
  await sql`update joint_part set lead = true, leads_once_accepted = false where id = ${partId}`.execute(db);
}

/** Says of parts whether the joint campaign can become active without them. */
export async function requireParts(
  { em }: Work,
  jointId: string,
  parts: readonly { readonly part: string; readonly required: boolean }[],
): Promise<void> {
  if (parts.length === 0) return;
  await sql`update joint_part set required = asked.required
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as asked (part text, required boolean)
    where joint_id = ${jointId} and joint_part.id = asked.part`.execute(em.getKysely());
}
