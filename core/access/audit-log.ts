import { sql } from 'kysely';
import type { AuditDetail } from './audit.ts';
import type { UnitOfWork } from './unit-of-work.ts';
import { HUB_VIEWER, type Viewer } from './viewer.ts';

/** What is worth knowing later although it changed no record, or not only one. */
export interface AuditEvent {
  readonly kind: 'signed-in' | 'denied' | 'restricted.read' | 'contacts.read' | 'exported';
  /** The record it is about, if it is about one. */
  readonly subjectId?: string;
  readonly detail?: AuditDetail;
}

/**
 * Notes what happens outside of changes: each note in a transaction of its own, committed when the promise resolves. Await it
 * before the answer leaves, so that nobody learns what the audit does not know. Changes use `record` in their own transaction.
 * Better not called inside of a transaction: it takes a second connection while the first is held.
 *
 * @example await auditLog.note(viewer, { kind: 'restricted.read', subjectId: 'prg_…' });
 */
export class AuditLog {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Notes an event of a viewer, or of somebody whom the hub does not know. */
  note(viewer: Viewer | null, event: AuditEvent): Promise<void> {
    return this.noteAll(viewer, [event]);
  }

  /** The same for several events at once, in one statement and one transaction. */
  async noteAll(viewer: Viewer | null, events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.unitOfWork.run(viewer ?? HUB_VIEWER, async ({ em, now }) => {
      await sql`insert into audit (at, key_id, actor_id, action, subject_id, detail)
        select ${now}, ${viewer?.keyId ?? null}, ${viewer?.actorId ?? null},
          event ->> 'kind', event ->> 'subjectId', coalesce(event -> 'detail', '{}')
        from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality as e (event, position)
        order by position`.execute(em.getKysely());
    });
  }
}
