import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const ours = `(issued_by = (select app.key_id()) or (select app.is_editor()) and actor_id = (select app.actor_id()))`;

/** Calendars that whoever knows their address may read, with the rights of whoever asked for them. */
export class CalendarFeeds extends Migration {
  override up(): void {
    this.addSql(`
      create table calendar_feed (
        id text collate "C" primary key,
        -- The key, or the user, that it was issued by: it shows what they may see when it is read.
        issued_by text collate "C" not null,
        -- As what a user acted who issued it; a key says it itself.
        role text not null,
        actor_id text references actor,
        label text not null check (length(label) <= 300),
        -- HMAC-SHA-256 of its token, in hex.
        token_hash text collate "C" not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
        countries text[] not null,
        corridors text[] not null,
        themes text[] not null,
        mine boolean not null,
        observances boolean not null,
        created_at timestamptz not null,
        revoked_at timestamptz
      );
      create index calendar_feed_issuer on calendar_feed (issued_by, created_at) where revoked_at is null;
      create index calendar_feed_actor on calendar_feed (actor_id, created_at) where revoked_at is null;

      -- As what a key or a user may act at this moment, without their secret; nothing where they may not. For a user: as what they
      -- acted before, if they still may.
      create function app.standing_of(issuer text, role text, actor text, at timestamptz)
        returns table (user_id text, role text, actor_id text, label text) language sql stable security definer set search_path = '' as $$
        select found.user_id, found.role, found.actor_id, found.label from app.api_key k, app.find_api_key(k.public_id) found
        where k.id = $1 and found.revoked_at is null and found.expires_at > $4
        union all
        (select m.user_id, m.role, m.actor_id, m.label from app.hub_user u join app.membership m on m.user_id = u.id
        where u.id = $1 and m.role = $2 and m.actor_id is not distinct from $3 and u.suspended_at is null and m.revoked_at is null
          and not exists (select from app.actor a where a.id = m.actor_id and a.vetting = 'suspended') limit 1) $$;
      -- Nobody is signed in who reads a feed: its token says everything.
      create function app.find_calendar_feed(hash text, at timestamptz)
        returns table (issued_by text, user_id text, role text, actor_id text, label text, countries text[], corridors text[],
          themes text[], mine boolean, observances boolean, title text)
        language sql stable security definer set search_path = '' as $$
        select f.issued_by, s.user_id, s.role, s.actor_id, s.label, f.countries, f.corridors, f.themes, f.mine, f.observances, f.label
        from app.calendar_feed f, app.standing_of(f.issued_by, f.role, f.actor_id, $2) s
        where f.token_hash = $1 and f.revoked_at is null $$;

      ${secure('calendar_feed', {
        app: { select: ours, insert: `issued_by = (select app.key_id())`, update: ours },
        worker: {},
      })}
      grant select (id, issued_by, role, actor_id, label, countries, corridors, themes, mine, observances, created_at, revoked_at)
        on calendar_feed to concord_app;
      grant insert, update (revoked_at) on calendar_feed to concord_app;
      revoke execute on function app.standing_of(text, text, text, timestamptz), app.find_calendar_feed(text, timestamptz) from public;
      grant execute on function app.standing_of(text, text, text, timestamptz), app.find_calendar_feed(text, timestamptz) to concord_app;
    `);
  }
}
