import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const me = '(select app.actor_id())';
const isCoordinator = '(select app.is_coordinator())';
const byOwner = `(select app.is_writer()) and owner_id = ${me}`;
/** Nobody sees a contact of what it does not see; the rules of the other tables hold in here. */
const subjectIsSeen = `(exists (select from actor where id = subject_id) or exists (select from programme where id = subject_id))`;
const shownByOwner = `shared and (${isCoordinator}
  or subject_id in (select app.shared_programmes()) or subject_id in (select app.sharing_actors()))`;

/** People to write to, encrypted each with a key of its own, so that forgetting the key forgets the person. The worker has no right here. */
export class Contacts extends Migration {
  override up(): void {
    const ofContact = (rule: string): string => `exists (select from contact c where c.id = contact_id and ${rule})`;
    const keyByOwner = `(select app.is_writer()) and ${ofContact(`c.owner_id = ${me}`)}`;
    this.addSql(`
      create table contact (
        id text primary key,
        -- An actor or a programme, and whose it is.
        subject_id text not null,
        owner_id text not null references actor,
        shared boolean not null,
        -- Everything that tells who it is: AES-256-GCM under the key in contact_key. Null: erased.
        sealed bytea,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        erased_at timestamptz,
        erased_by text,
        check ((sealed is null) = (erased_at is not null)),
        check ((erased_at is null) = (erased_by is null))
      );
      create index contact_subject on contact (subject_id, created_at, id) where erased_at is null;
      create index contact_owner on contact (owner_id);
      -- The data key of a contact, wrapped by a key that follows from the hub's secret, which is not in the database.
      create table contact_key (
        contact_id text primary key references contact,
        wrapped bytea not null
      );
      ${secure('contact', {
        app: {
          select: `${subjectIsSeen} and (owner_id = ${me} or ${shownByOwner})`,
          insert: `${byOwner} and (subject_id = ${me} or exists (select from programme p where p.id = subject_id and p.owner_id = ${me}))`,
          update: byOwner,
        },
        worker: {},
      })}
      ${secure('contact_key', {
        app: { select: ofContact('true'), insert: keyByOwner, update: keyByOwner },
        worker: {},
      })}
      grant select, insert, update on contact, contact_key to concord_app;

      -- Coordinators answer requests of data protection without seeing whom they erase. Of an erased contact its first erasure
      -- is told again; of one that is not the caller's to erase, nothing.
      create function app.erase_contact(id text, at timestamptz, out erased_at timestamptz, out is_first boolean)
        returns record language plpgsql security definer set search_path = '' as $$
      declare
        stored app.contact;
      begin
        select * into stored from app.contact c where c.id = erase_contact.id
          and (app.is_coordinator() or app.is_writer() and c.owner_id = app.actor_id()) for update;
        if not found then return; end if;
        is_first := stored.erased_at is null;
        erased_at := coalesce(stored.erased_at, erase_contact.at);
        if is_first then
          delete from app.contact_key where contact_id = stored.id;
          update app.contact c set sealed = null, erased_at = erase_contact.at, erased_by = app.key_id(),
            updated_at = erase_contact.at, version = version + 1 where c.id = stored.id;
        end if;
      end $$;
      -- Who merges two actors need not see their contacts either.
      create function app.move_contacts(from_actor text, to_actor text) returns void language sql security definer set search_path = '' as $$
        update app.contact set owner_id = to_actor, subject_id = case subject_id when from_actor then to_actor else subject_id end
        where owner_id = from_actor and (app.is_coordinator() or app.is_operator()) $$;
      grant execute on function app.erase_contact(text, timestamptz), app.move_contacts(text, text) to concord_app;
    `);
  }
}
