import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

/** Who is signed in by a cookie: what it holds is the sight of a key or a user, asked for anew at each request. */
export class Sessions extends Migration {
  override up(): void {
    this.addSql(`
      create table session (
        -- HMAC-SHA-256 of the cookie's token, in hex.
        token_hash text collate "C" primary key check (token_hash ~ '^[0-9a-f]{64}$'),
        -- The key, or the user, that opened it and with whom it ends.
        held_by text collate "C" not null,
        -- As what a user acts who opened it; a key says it itself. No reference: after a merge it is found no more.
        role text not null,
        actor_id text,
        created_at timestamptz not null,
        used_at timestamptz not null,
        expires_at timestamptz not null
      );
      create index session_expiry on session (expires_at);
      create index session_used on session (used_at);

      -- Requests have no right of their own to the table: nobody can list who is signed in, or end somebody else's session.
      ${secure('session', { app: {}, worker: {} })}

      -- Opens one, and takes out some that are over, so that they need no sweep of their own.
      create function app.open_session(hash text, holder text, acting_role text, actor text, at timestamptz, until timestamptz,
        idle_since timestamptz) returns void language sql security definer set search_path = '' as $$
        delete from app.session where token_hash in (
          (select token_hash from app.session where expires_at <= $5 order by expires_at limit 50)
          union all (select token_hash from app.session where used_at <= $7 order by used_at limit 50));
        insert into app.session (token_hash, held_by, role, actor_id, created_at, used_at, expires_at)
        values ($1, $2, $3, $4, $5, $5, $6) $$;
      -- As what its holder may act at this moment; nothing where they may not. Scopes are null for a person, who has all of the role.
      create function app.find_session(hash text, at timestamptz, idle_since timestamptz)
        returns table (held_by text, user_id text, role text, actor_id text, label text, scopes text[], used_at timestamptz)
        language sql stable security definer set search_path = '' as $$
        select s.held_by, now.user_id, now.role, now.actor_id, now.label, k.scopes, s.used_at
        from app.session s cross join lateral app.standing_of(s.held_by, s.role, s.actor_id, $2) now
          left join app.api_key k on k.id = s.held_by
        where s.token_hash = $1 and s.expires_at > $2 and s.used_at > $3 $$;
      create function app.note_session_use(hash text, at timestamptz) returns void language sql
        security definer set search_path = '' as $$
        update app.session set used_at = $2 where token_hash = $1 and used_at < $2 $$;
      create function app.end_session(hash text) returns void language sql security definer set search_path = '' as $$
        delete from app.session where token_hash = $1 $$;
      -- Streams that it opened look again.
      create trigger session_access after delete on session for each row execute function app.tell_access_changed('held_by');

      grant select on session to concord_backup;
      revoke execute on function app.open_session(text, text, text, text, timestamptz, timestamptz, timestamptz),
        app.find_session(text, timestamptz, timestamptz), app.note_session_use(text, timestamptz), app.end_session(text) from public;
      grant execute on function app.open_session(text, text, text, text, timestamptz, timestamptz, timestamptz),
        app.find_session(text, timestamptz, timestamptz), app.note_session_use(text, timestamptz), app.end_session(text)
        to concord_app;
    `);
  }
}
