import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

/** What a section says, the same in the section and in each of its versions. */
const CONTENT = `
        step text not null,
        title text not null check (length(title) between 1 and 120),
        titles jsonb not null default '{}' check (jsonb_typeof(titles) = 'object'),
        -- Markdown.
        text text not null check (length(text) between 1 and 5000),
        texts jsonb not null default '{}' check (jsonb_typeof(texts) = 'object'),
        -- Of title and text, BCP 47.
        language text not null,
        -- For whom and what it holds. Empty: for all.
        roles text[] not null default '{}' check (roles <@ array['origin', 'transit', 'destination', 'return']),
        phases text[] not null default '{}',
        audiences text[] not null default '{}',
        themes text[] not null default '{}',
        channels text[] not null default '{}',
        languages text[] not null default '{}',
        objective_levels text[] not null default '{}',
        actor_kinds text[] not null default '{}',
        source text not null check (source <> ''),
        source_url text check (source_url ~ '^https?://'),
        -- When somebody last made sure that it is right, and by when somebody should again.
        reviewed_on date not null,
        review_due_on date not null,
        retired_at timestamptz,
        version int not null default 1,
        -- Why the section is as it is since this version, and the key or user that made it so; "hub": it came with the software.
        reason text not null check (reason <> ''),
        changed_by text not null default 'hub',
        updated_at timestamptz not null,
        check (review_due_on > reviewed_on)`;

const COLUMNS = `step, title, titles, text, texts, language, roles, phases, audiences, themes, channels, languages, objective_levels,
  actor_kinds, source, source_url, reviewed_on, review_due_on, retired_at, version, reason, changed_by, updated_at`;

const byCoordinator = '(select app.is_coordinator()) or (select app.is_operator())';
const LISTS = ['roles', 'phases', 'audiences', 'themes', 'channels', 'languages', 'objective_levels', 'actor_kinds'];

/** The library of guidance, and every version that a section ever had. */
export class Guidance extends Migration {
  override up(): void {
    this.addSql(`
      create table guidance_section (
        id text primary key,${CONTENT},
        created_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id(),
        -- The order of the library: the steps of the handbook, then titles without case and accents.
        listed_by text not null generated always as (
          case step when 'getting_started' then '1' when 'objectives' then '2' when 'audience' then '3' when 'developing_messages' then '4'
            when 'disseminating_messages' then '5' when 'monitoring' then '6' else '9' end || ' ' || app.fold(title)) stored,
        search_text text not null generated always as (
          app.searchable(title, titles, array[text]) || ' ' || app.searchable('', texts, '{}')) stored
      );
      create trigger guidance_section_stamp before update on guidance_section for each row execute function app.stamp_change();
      create trigger guidance_section_codes before insert or update on guidance_section
        for each row execute function app.refuse_unknown_codes('step', 'handbook_step', 'phases', 'phase', 'audiences', 'audience',
          'themes', 'theme', 'channels', 'channel', 'languages', 'language', 'objective_levels', 'objective_level',
          'actor_kinds', 'actor_kind');
      create index guidance_section_listed on guidance_section (listed_by, id);
      create index guidance_section_step on guidance_section (step, listed_by);
      create index guidance_section_review_due on guidance_section (review_due_on);
      create index guidance_section_change on guidance_section (change_xid);
      create index guidance_section_search on guidance_section using gin (search_text public.gin_trgm_ops);

      create table guidance_version (
        section_id text not null references guidance_section,
        id text not null generated always as (section_id || '.' || lpad(version::text, 6, '0')) stored,${CONTENT},
        primary key (section_id, version)
      );

      -- Nobody signs for another. Without a session context it is the hub itself, at its start.
      create function app.sign_guidance() returns trigger language plpgsql set search_path = '' as $$
      begin
        new.changed_by := coalesce(app.key_id(), 'hub');
        return new;
      end $$;
      create trigger guidance_section_sign before insert or update on guidance_section
        for each row execute function app.sign_guidance();

      -- Whoever changes a section, its version is kept: nobody can leave it out, nor write one that never was.
      create function app.keep_guidance_version() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        insert into app.guidance_version (section_id, ${COLUMNS})
          select new.id, ${COLUMNS.replaceAll(/\w+/g, 'new.$&')};
        return null;
      end $$;
      create trigger guidance_section_keeps_versions after insert or update on guidance_section
        for each row execute function app.keep_guidance_version();
      create trigger guidance_version_only_grows before update or delete on guidance_version
        for each row execute function app.refuse_rewriting();
      create trigger guidance_version_is_never_emptied before truncate on guidance_version
        for each statement execute function app.refuse_rewriting();
    `);
    for (const list of LISTS)
      this.addSql(`create index guidance_section_${list} on guidance_section using gin (${list});`);
    this.addSql(`
      ${secure('guidance_section', {
        app: { select: 'true', insert: byCoordinator, update: byCoordinator },
        // What comes with the software is written at start, and never over what a coordinator has decided.
        worker: { select: 'true', insert: `changed_by = 'hub'`, update: `changed_by = 'hub'` },
      })}
      ${secure('guidance_version', { app: { select: 'true' }, worker: {} })}
      grant select, insert, update on guidance_section to concord_app, concord_worker;
      grant select on guidance_version to concord_app;
    `);
  }
}
