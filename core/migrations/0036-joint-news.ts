import { Migration } from '@mikro-orm/migrations';
import { readable } from './secure.ts';

const me = '(select app.actor_id())';
const isCoordinator = '(select app.is_coordinator())';

/** As in 0024, and of joint campaigns: an invitation for as long as it is not answered, a message for as long as it waits. */
const subjectIsSeen = `case left(subject_id, 4)
    when 'ovl_' then exists (select from overlap o where o.id = notification.subject_id
      and (notification.kind <> 'CONTRADICTION' or jsonb_typeof(o.contradiction) = 'object'))
    when 'sug_' then exists (select from suggestion s where s.id = notification.subject_id)
      and (kind <> 'SUGGESTION_REVEALED' or exists (select from revelation r
        where r.suggestion_id = notification.subject_id and r.to_actor_id = ${me} and r.ended_at is null))
    when 'gui_' then exists (select from guidance_section g where g.id = notification.subject_id)
    when 'act_' then exists (select from actor a where a.id = notification.subject_id
      and (notification.kind <> 'APPROVAL_NEEDED' or a.vetting = 'pending'))
    when 'jnt_' then exists (select from joint_campaign j where j.id = notification.subject_id)
      and exists (select from joint_party p where p.joint_id = notification.subject_id and p.actor_id = ${me}
        and p.state = case notification.kind when 'INVITATION' then 'invited' else 'accepted' end)
      and (kind <> 'APPROVAL_NEEDED' or exists (select from joint_message m
        where m.joint_id = notification.subject_id and m.id = notification.occasion and m.state = 'proposed'))
    else ${readable('notification.subject_id')} end`;

/** Those invited to a joint campaign, and those who could review a message of it, are told. */
export class JointNews extends Migration {
  override up(): void {
    this.addSql(`
      alter table joint_message add column change_xid xid8 not null default pg_current_xact_id();
      create trigger joint_message_stamp before update on joint_message for each row execute function app.stamp_change();
      create index joint_message_change on joint_message (change_xid);
      create index joint_party_change on joint_party (change_xid);

      -- Who is to be told what of joint campaigns since a snapshot: the worker sees neither parts nor messages.
      create function app.joint_news(since pg_snapshot) returns table (recipient text, notice text, subject text, occasion text)
        language sql stable security definer set search_path = '' as $$
        select p.actor_id, 'INVITATION', p.joint_id, '' from app.joint_party p
        where p.state = 'invited' and p.change_xid >= pg_catalog.pg_snapshot_xmin($1) and not pg_catalog.pg_visible_in_snapshot(p.change_xid, $1)
        union
        select p.actor_id, 'APPROVAL_NEEDED', m.joint_id, m.id from app.joint_message m
        join app.joint_party p on p.joint_id = m.joint_id and p.state = 'accepted'
        where m.state = 'proposed' and m.change_xid >= pg_catalog.pg_snapshot_xmin($1) and not pg_catalog.pg_visible_in_snapshot(m.change_xid, $1)
          and p.actor_id not in (select own.actor_id from app.joint_party own where own.part_id = m.part_id) $$;
      -- What may still be told outside of the hub, as app.told_outside asks it: that there is something, and never its name.
      create function app.joint_told_outside(joint text, kind text, actor text) returns text language sql stable security definer set search_path = '' as $$
        select 'partners' from app.joint_party p
        where p.joint_id = $1 and p.actor_id = $3 and app.actor_is_listed($3)
          and p.state = case $2 when 'INVITATION' then 'invited' else 'accepted' end limit 1 $$;
      revoke execute on function app.joint_news(pg_snapshot), app.joint_told_outside(text, text, text) from public;
      grant execute on function app.joint_news(pg_snapshot), app.joint_told_outside(text, text, text) to concord_worker;

      alter policy app_select on notification using (
        (actor_id = ${me} or actor_id is null and ${isCoordinator}) and ${subjectIsSeen});

      create or replace function app.told_outside(subject text, kind text, actor text) returns text language sql stable set search_path = '' as $$
        select case
          when not exists (select from app.actor a where a.id = $3 and a.vetting <> 'suspended' and a.merged_into_id is null) then null
          when left($1, 4) = 'ovl_' then (select app.shown_of(o.a_id, $3) from app.overlap o
            where o.id = $1 and o.view = 'own' and o.a_owner_id = $3 and app.actor_is_listed($3)
              and ($2 <> 'CONTRADICTION' or pg_catalog.jsonb_typeof(o.contradiction) = 'object'))
          when left($1, 4) = 'sug_' then (select 'members' from app.suggestion s where s.id = $1 and app.actor_is_listed($3)
            and ($2 <> 'SUGGESTION_REVEALED' or s.status = 'OPEN' and exists (select from app.revelation r
              join app.answer f on f.id = r.from_answer_id and f.withdrawn_at is null
              join app.answer t on t.id = r.to_answer_id and t.withdrawn_at is null
              where r.suggestion_id = s.id and r.suggestion_version = s.version and r.to_actor_id = $3 and r.ended_at is null
                and app.actor_is_listed(r.from_actor_id))))
          when left($1, 4) = 'act_' then (select a.visibility from app.actor a where a.id = $1 and a.id = $3)
          when left($1, 4) = 'jnt_' then app.joint_told_outside($1, $2, $3)
          else app.shown_of($1, $3) end $$;
    `);
  }
}
