import { Migration } from '@mikro-orm/migrations';
import { EVERY_ROW, secure } from './secure.ts';

const isOperator = '(select app.is_operator())';
const isCoordinator = '(select app.is_coordinator())';
const isWriter = '(select app.is_writer())';
const isMember = '(select app.is_member())';
const me = '(select app.actor_id())';

/** What a verified actor says for itself; only coordinators make it count. */
const ownUnconfirmed = `${isWriter} and ${isMember} and owner_id = ${me} and not confirmed`;

/** Insights become a register, and gaps are stored as composing finds them; see docs/decisions/0017. */
export class InsightsAndGaps extends Migration {
  override up(): void {
    this.addSql(`
      alter table insight
        -- The actor that registered it; null: coordinators, or this hub ships it.
        add column owner_id text references actor,
        -- Only what a coordinator has confirmed counts in matching.
        add column confirmed boolean not null default false,
        -- None: whatever it is about.
        add column themes text[] not null default '{}',
        -- Null: no day is known.
        add column published_on date,
        add column illustrative boolean not null default false,
        add column withdrawn_at timestamptz,
        add column withdrawn_reason text check (withdrawn_reason <> ''),
        add column version int not null default 1 check (version > 0),
        add column created_at timestamptz not null default now(),
        add column updated_at timestamptz not null default now(),
        add column change_xid xid8 not null default pg_current_xact_id(),
        add check (withdrawn_at is not null or withdrawn_reason is null),
        add check (withdrawn_at is null or not confirmed);
      -- All that is there comes from the hub itself.
      update insight set confirmed = true;
      create trigger insight_stamp before update on insight for each row execute function app.stamp_change();
      drop trigger insight_codes on insight;
      create trigger insight_codes before insert or update on insight for each row execute function app.refuse_unknown_codes(
        'places', 'place', 'corridor', 'corridor', 'audience', 'audience', 'themes', 'theme', 'channels', 'channel');
      create index insight_owner on insight (owner_id) where owner_id is not null;
      create index insight_kind on insight (kind, updated_at, id);
      create index insight_updated on insight (updated_at, id);
      create index insight_published on insight (coalesce(published_on, '-infinity'), id);
      create index insight_themes on insight using gin (themes);
      create index insight_change on insight (change_xid);

      -- The vocabulary holds what counts alone: what actors say for themselves makes no process load it anew.
      create function app.advance_for_confirmed() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        if exists (select from changed where confirmed) then
          update app.vocabulary_version set version = pg_catalog.nextval('app.vocabulary_version_number');
        end if;
        return null;
      end $$;
      drop trigger insight_inserted on insight;
      drop trigger insight_updated on insight;
      drop trigger insight_deleted on insight;
      create trigger insight_inserted after insert on insight referencing new table as changed
        for each statement execute function app.advance_for_confirmed();
      create trigger insight_updated after update on insight referencing new table as changed
        for each statement execute function app.advance_for_confirmed();
      create trigger insight_replaced after update on insight referencing old table as changed
        for each statement execute function app.advance_for_confirmed();
      create trigger insight_deleted after delete on insight referencing old table as changed
        for each statement execute function app.advance_for_confirmed();

      -- What one actor says and nobody has confirmed is seen by those who may see that actor.
      alter policy app_select on insight using (${isOperator} or ${isCoordinator} or confirmed or owner_id = ${me}
        or ${isMember} and owner_id in (select id from actor where listed_until >= (select app.today())));
      alter policy app_insert on insight with check (${isOperator} or ${isCoordinator} or ${ownUnconfirmed});
      alter policy app_update on insight
        using (${isOperator} or ${isCoordinator} or ${isWriter} and ${isMember} and owner_id = ${me})
        -- So what an actor changes, and what it withdraws, no longer counts.
        with check (${isOperator} or ${isCoordinator} or ${ownUnconfirmed});
      grant insert, update on insight to concord_app;

      -- The places by which an insight about one of them is about these: each as matching counts it, and the country it is in.
      create function app.places_around(codes text[]) returns text[] language sql stable parallel safe set search_path = ''
        return array(
          with recursive around as (
            select code, parent from app.place where code = any(codes)
            union select whole.code, whole.parent from app.place whole join around on whole.code = around.parent)
          select code from around);
      grant execute on function app.places_around(text[]) to concord_app;
    `);
    this.addSql(`
      -- A declared need that no campaign answers, as composing the corridor last found it. Derived: the worker's alone to write.
      create table gap (
        -- Made from the cell, so that a gap that comes back is the same.
        id text collate "C" primary key,
        scope text collate "C" not null references composition,
        corridor text not null references corridor,
        audience text not null,
        theme text not null,
        year int not null,
        quarter int not null check (quarter between 1 and 4),
        -- The days of the quarter.
        starts_on date not null,
        ends_on date not null check (starts_on < ends_on),
        score float8 not null check (score between 0 and 1),
        -- Countries of the corridor that the need is about.
        countries text[] not null,
        -- Ids of the insights that declare it; none where only the season does.
        insights text[] not null,
        in_season boolean not null,
        uncovered_roles text[] not null,
        missing_languages text[] not null,
        missing_channels text[] not null,
        change_xid xid8 not null default pg_current_xact_id(),
        unique (corridor, audience, theme, year, quarter),
        check (scope = 'corridor:' || corridor),
        check (insights <> '{}' or in_season)
      );
      create trigger gap_stamp before update on gap for each row execute function app.stamp_change();
      create index gap_scope on gap (scope);
      create index gap_corridor on gap (corridor, score, id);
      create index gap_countries on gap using gin (countries);
      create index gap_audience on gap (audience, score, id);
      create index gap_theme on gap (theme, score, id);
      create index gap_start on gap (starts_on, id);
      ${secure('gap', { app: { select: isMember }, worker: EVERY_ROW })}
      grant select on gap to concord_app;
      grant select, insert, update, delete on gap to concord_worker;
      -- The suggestion about a gap.
      create index suggestion_about on suggestion (corridor, about) where about is not null;
      create index overlap_audiences on overlap using gin (audiences);
    `);
  }
}
