import { sql } from 'kysely';
import { z } from 'zod';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate } from '../access/viewer.ts';
import { type Refused, forbidden, invalid, notFound } from '../outcome.ts';
import { parse } from '../parse.ts';

const MARKED_AT_ONCE = 100;

const markReadInput = z
  .object({
    ids: z.array(z.string()).min(1).max(MARKED_AT_ONCE).nullish(),
    upTo: z.string().nullish(),
  })
  .refine(({ ids, upTo }) => (ids ?? null) !== null || (upTo ?? null) !== null, {
    path: ['ids'],
    message: 'Say which: by ids, or up to which.',
  });

export interface MarkedRead {
  readonly kind: 'marked';
  /** How many were unread before. */
  readonly marked: number;
  /** How many are left that are not read. */
  readonly unread: number;
}

/** Keeps what was read of an inbox. An actor has one inbox for all who act for it, and coordinators have one among them. */
export class NotificationService {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Marks notifications as read, by their ids and up to one of them, the older ones included. A second time marks nothing. */
  markRead(viewer: Viewer, input: unknown): Promise<MarkedRead | Refused> {
    const parsed = parse(markReadInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { ids, upTo } = parsed.value;
    return this.unitOfWork.run(viewer, async (work) => {
      const named = [...new Set([...(ids ?? []), ...(upTo ? [upTo] : [])])];
      const seen = await findSeen(work, named);
      const missing = named.find((id) => !seen.has(id));
      if (missing !== undefined) return notFound(missing);
      if (!mayMark(viewer))
        return forbidden('Editors and planners mark what their actor has read, and coordinators what is theirs.');
      return mark(work, ids ?? [], upTo ?? null);
    });
  }
}

/** Whoever only reads changes nothing for the others who read the same inbox. */
function mayMark(viewer: Viewer): boolean {
  return mayCurate(viewer) || viewer.role === 'editor' || viewer.role === 'planner';
}

async function findSeen({ em }: Work, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from notification where id = any(${[...ids]})`.execute(
    em.getKysely(),
  );
  return new Set(rows.map(({ id }) => id));
}

async function mark({ em, now }: Work, ids: readonly string[], upTo: string | null): Promise<MarkedRead> {
  const db = em.getKysely();
  const { numAffectedRows } =
    await sql`update notification set read_at = ${now} where read_at is null and (id = any(${[...ids]})
    or (created_at, id) <= (select last.created_at, last.id from notification last where last.id = ${upTo}))`.execute(
      db,
    );
  const { rows } = await sql<{
    unread: number;
  }>`select count(*)::int as unread from notification where read_at is null`.execute(db);
  return { kind: 'marked', marked: Number(numAffectedRows ?? 0n), unread: rows[0]?.unread ?? 0 };
}
