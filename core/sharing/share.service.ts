import { sql } from 'kysely';
import { z } from 'zod';
import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayEdit } from '../access/viewer.ts';
import { calendarDay } from '../footprints/stated-footprint.ts';
import { type Outcome, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';

const shareInput = z.object({
  programme: z.string(),
  with: z.string(),
  purpose: z.string().trim().min(1).max(1_000),
  until: calendarDay,
});
const revokeInput = z.object({ id: z.string(), expectedVersion: z.number().int() });

/** Lets single actors see a programme and what is inside it, for a purpose and until a day. */
export class ShareService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Shares a programme of the viewer's actor; effective at once. */
  share(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(shareInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { programme, with: actorId, purpose, until } = parsed.value;
    return this.unitOfWork.run(viewer, async (work) => {
      const ownerId = await ownerOf(work, programme);
      if (ownerId === null) return notFound(programme);
      if (!maySharing(viewer, ownerId)) return forbidden('Only its owner shares a programme.');
      if (!(await exists(work, actorId))) return notFound(actorId);
      if (actorId === ownerId) return invalid([{ path: 'input.with', message: 'It is the owner of the programme.' }]);
      if (Date.parse(until) < work.today * DAY_MS)
        return invalid([{ path: 'input.until', message: `${until} has passed.` }]);
      const id = work.newId('shr');
      const made = await sql`insert into share (id, programme_id, owner_id, actor_id, purpose, until, created_at)
        values (${id}, ${programme}, ${ownerId}, ${actorId}, ${purpose}, ${until}, ${work.now})
        on conflict do nothing returning id`.execute(work.em.getKysely());
      if (made.rows.length === 0) return conflict('It is shared with this actor already: revoke that share first.');
      await record(work, 'share.granted', id, { programme, with: actorId, until });
      return saved(id);
    });
  }

  /** Ends a share; effective with the next request and the next event of every open stream. */
  revoke(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(revokeInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { id, expectedVersion } = parsed.value;
    return this.unitOfWork.run(viewer, async (work) => {
      const db = work.em.getKysely();
      const { rows } = await sql<{ owner_id: string; version: number; revoked: boolean }>`
        select owner_id, version, revoked_at is not null as revoked from share where id = ${id}`.execute(db);
      const [stored] = rows;
      if (!stored) return notFound(id);
      if (!maySharing(viewer, stored.owner_id)) return forbidden('Only the owner of the programme ends its shares.');
      if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
      if (stored.revoked) return conflict('It was revoked before.');
      await sql`update share set revoked_at = ${work.now}, version = version + 1 where id = ${id}`.execute(db);
      await record(work, 'share.revoked', id);
      return saved(id);
    });
  }
}

const DAY_MS = 86_400_000;

/** Nobody shares for another, not even a coordinator. */
function maySharing(viewer: Viewer, ownerId: string): boolean {
  return viewer.role !== 'coordinator' && mayEdit(viewer, ownerId);
}

async function ownerOf({ em }: Work, programmeId: string): Promise<string | null> {
  const { rows } = await sql<{
    owner: string;
  }>`select owner_id as owner from programme where id = ${programmeId}`.execute(em.getKysely());
  return rows[0]?.owner ?? null;
}

async function exists({ em }: Work, actorId: string): Promise<boolean> {
  const { rows } = await sql`select from actor where id = ${actorId} and merged_into_id is null`.execute(
    em.getKysely(),
  );
  return rows.length > 0;
}
