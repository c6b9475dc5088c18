import { sql } from 'kysely';
import { z } from 'zod';
import { record } from '../access/audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { HUB_VIEWER, type Viewer } from '../access/viewer.ts';
import { languageTag } from '../footprints/holder.input.ts';
import { type Issue, type Refused, forbidden, invalid, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-kind.ts';
import type { UnsubscribeLinks } from './unsubscribe-link.ts';

export const DIGESTS = ['DAILY', 'WEEKLY', 'NONE'] as const;
export type Digest = (typeof DIGESTS)[number];

/** One mail to each of them: so many an actor may name. */
const RECIPIENTS = 20;

const preferencesInput = z.object({
  expectedVersion: z.int().min(0),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)).nullish(),
  digest: z.enum(DIGESTS).nullish(),
  weekday: z.int().min(1, 'A day from 1 (Monday) to 7.').max(7, 'A day from 1 (Monday) to 7.').nullish(),
  mailTo: z.array(z.string()).max(RECIPIENTS).nullish(),
  language: languageTag.nullish(),
});
type Changes = z.infer<typeof preferencesInput>;

/** What becomes of a recipient of digests. */
export type RecipientState = 'ACTIVE' | 'STOPPED' | 'UNREACHABLE';

/** Of what, when and to whom an actor has mails sent. */
export interface Preferences {
  readonly version: number;
  readonly kinds: readonly NotificationKind[];
  readonly digest: Digest;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly mailTo: readonly { readonly contactId: string; readonly state: RecipientState }[];
  readonly language: string;
}

/** What holds until an actor says otherwise. */
const UNTOLD: Preferences = {
  version: 0,
  kinds: NOTIFICATION_KINDS,
  digest: 'NONE',
  weekday: 1,
  mailTo: [],
  language: 'en',
};

export type PreferencesOutcome = { readonly kind: 'saved'; readonly preferences: Preferences } | Refused;

/** Keeps how an actor wants to be told. Addresses are contacts of the actor: here are only their ids. */
export class PreferencesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: UnsubscribeLinks,
  ) {}

  /** Those of the viewer's actor; null for whoever does not write for one. */
  of(viewer: Viewer): Promise<Preferences | null> {
    if (!isWriter(viewer)) return Promise.resolve(null);
    return this.unitOfWork.look(viewer, readPreferences);
  }

  /** Changes them; what is absent stays as it is. */
  set(viewer: Viewer, input: unknown): Promise<PreferencesOutcome> {
    const parsed = parse(preferencesInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.unitOfWork.run(viewer, async (work) => {
      const { actorId } = viewer;
      if (viewer.role !== 'editor' || actorId === null) return forbidden('Editors decide how their own actor is told.');
      const { expectedVersion, ...changes } = parsed.value;
      await takeTurn(work, actorId);
      const stored = await readPreferences(work);
      if (stored.version !== expectedVersion) return stale(expectedVersion, stored.version);
      const issues = await refuseContacts(work, actorId, changes.mailTo ?? []);
      if (issues.length > 0) return invalid(issues);
      await write(work, actorId, stored, changes);
      await record(work, 'notification-preferences.changed', actorId);
      return { kind: 'saved', preferences: await readPreferences(work) };
    });
  }

  /** Ends the digests to a recipient, for whoever comes with its link; false where we did not make it. A second time changes nothing. */
  async unsubscribe(token: string): Promise<boolean> {
    const subscription = this.links.read(token);
    if (!subscription) return false;
    const { actorId, contactId } = subscription;
    await this.unitOfWork.run(HUB_VIEWER, async ({ em, now }) => {
      await sql`select app.stop_digest(${actorId}, ${contactId}, ${now})`.execute(em.getKysely());
    });
    return true;
  }
}

function isWriter(viewer: Viewer): boolean {
  return (viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId !== null;
}

/** Nobody else changes those of the same actor before the transaction ends, not even where none are stored yet. */
async function takeTurn({ em }: Work, actorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`preferences of ${actorId}`}, 0))`.execute(em.getKysely());
}

async function readPreferences({ em, viewer }: Work): Promise<Preferences> {
  const { rows } = await sql<Preferences>`
    select version, kinds, digest, weekday, language,
      coalesce((select json_agg(json_build_object('contactId', contact_id, 'state',
          case stopped_by when 'RECIPIENT' then 'STOPPED' when 'REFUSALS' then 'UNREACHABLE' else 'ACTIVE' end) order by contact_id)
        from digest_recipient r where r.actor_id = p.actor_id and exists (select from contact c where c.id = r.contact_id and c.erased_at is null)), '[]') as "mailTo"
    from notification_preference p where actor_id = ${viewer.actorId}`.execute(em.getKysely());
  return rows[0] ?? UNTOLD;
}

/** A mail goes to a contact that the viewer sees and its actor keeps; hidden, erased and nonexistent answer alike. */
async function refuseContacts({ em }: Work, actorId: string, ids: readonly string[]): Promise<Issue[]> {
  const { rows } = await sql<{ id: string }>`select id from contact
    where id = any(${[...ids]}) and owner_id = ${actorId} and erased_at is null`.execute(em.getKysely());
  const known = new Set(rows.map(({ id }) => id));
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ path: `input.mailTo[${String(index)}]`, message: 'Your actor keeps no such contact.' }],
  );
}

async function write(
  { em, now }: Work,
  actorId: string,
  stored: Preferences,
  changes: Omit<Changes, 'expectedVersion'>,
): Promise<void> {
  const db = em.getKysely();
  const kinds = NOTIFICATION_KINDS.filter((kind) => (changes.kinds ?? stored.kinds).includes(kind));
  const digest = changes.digest ?? stored.digest;
  const weekday = changes.weekday ?? stored.weekday;
  const language = changes.language ?? stored.language;
  await sql`insert into notification_preference (actor_id, kinds, digest, weekday, language, updated_at)
    values (${actorId}, ${kinds}::text[], ${digest}, ${weekday}, ${language}, ${now})
    on conflict (actor_id) do update set kinds = excluded.kinds, digest = excluded.digest, weekday = excluded.weekday,
      language = excluded.language, updated_at = excluded.updated_at, version = notification_preference.version + 1`.execute(
    db,
  );
  if (!changes.mailTo) return;
  const wanted = [...new Set(changes.mailTo)];
  // Whoever stays keeps its state: who asked not to be written to is not asked again by a change of something else.
  await sql`delete from digest_recipient where actor_id = ${actorId} and contact_id <> all(${wanted}::text[])`.execute(
    db,
  );
  await sql`insert into digest_recipient (actor_id, contact_id) select ${actorId}, id from unnest(${wanted}::text[]) as id
    on conflict do nothing`.execute(db);
}
