import { Migration } from '@mikro-orm/migrations';

const listed = 'include (a_owner_id, b_owner_id, strength, listed_by_a, listed_by_b, change_xid)';

/**
 * Overlaps are written by the ten thousand: what PostgreSQL does for each row it does once a statement, and what choosing lists reads
 * stands in two indexes, so that the wide rows need not be read for it. See docs/decisions/0056.
 */
export class LeanerOverlaps extends Migration {
  override up(): void {
    this.addSql(`
      create unique index overlap_pair on overlap (view, a_id, b_id) ${listed};
      alter table overlap drop constraint overlap_view_a_id_b_id_key;
      create index overlap_other on overlap (view, b_id, a_id) ${listed};
      -- It takes an instant; concurrently it could not be done in one transaction with the rest.
      -- squawk-ignore require-concurrent-index-deletion
      drop index overlap_b;
      -- Nothing looks for overlaps by it.
      -- squawk-ignore require-concurrent-index-deletion
      drop index overlap_b_owner;

      -- Two look-ups for each row become one join for each statement.
      alter table overlap drop constraint overlap_a_id_fkey, drop constraint overlap_b_id_fkey;
      -- Sides are written by the trigger alone, and end with their overlap by another.
      alter table overlap_side drop constraint overlap_side_overlap_id_fkey;
      create or replace function app.tell_sides() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        if exists (select from (select a_id as id from added union select b_id from added) as named
            left join app.footprint on footprint.subject_id = named.id where footprint.subject_id is null) then
          raise foreign_key_violation using message = 'an overlap names a footprint that does not exist';
        end if;
        insert into app.overlap_side (overlap_id, side, subject_id)
          select id, 'a', a_id from added union all select id, 'b', b_id from added;
        return null;
      end $$;
      create function app.end_sides() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        delete from app.overlap_side using gone where overlap_id = gone.id;
        return null;
      end $$;
      create trigger overlap_sides_end after delete on overlap referencing old table as gone
        for each statement execute function app.end_sides();
      create function app.keep_footprints_of_overlaps() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        if exists (select from gone join app.overlap on overlap.a_id = gone.subject_id and overlap.view in ('own', 'released'))
            or exists (select from gone join app.overlap on overlap.b_id = gone.subject_id and overlap.view in ('own', 'released')) then
          raise foreign_key_violation using message = 'a footprint has overlaps';
        end if;
        return null;
      end $$;
      create trigger footprint_overlaps after delete on footprint referencing old table as gone
        for each statement execute function app.keep_footprints_of_overlaps();
      revoke execute on function app.end_sides(), app.keep_footprints_of_overlaps() from public;
    `);
  }
}
