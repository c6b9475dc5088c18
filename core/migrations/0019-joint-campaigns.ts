import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const isWriter = '(select app.is_writer())';
const me = '(select app.actor_id())';
const mine = 'joint_id in (select app.my_joint_campaigns())';
const joined = 'joint_id in (select app.joined_joint_campaigns())';
const ofMyPart = 'part_id in (select app.my_joint_parts())';
/** What a part wrote is shown to coordinators while that part shares with them, and never beside one that does not. */
const shared = `joint_id in (select app.shared_joint_campaigns()) and part_id in (select app.seen_joint_parties())`;
const inside = `${joined} or ${shared}`;

/**
 * Joint campaigns: what those who endorsed the same suggestion make of it. Only who was invited knows of one, and of the others each
 * knows those who were revealed to it by the suggestion, who invited it, and, once it has accepted, who else has.
 */
export class JointCampaigns extends Migration {
  override up(): void {
    this.addSql(`
      create table joint_campaign (
        id text collate "C" primary key,
        -- No foreign key: its check would lock the suggestion, and others could feel in their waiting that something was agreed.
        suggestion_id text collate "C" not null,
        started_by text not null references actor,
        name text not null check (name <> ''),
        description text not null,
        state text not null check (state in ('preparing', 'active', 'completed', 'cancelled')),
        cancelled_reason text check (cancelled_reason is null or state = 'cancelled'),
        -- As the suggestion said it when this began.
        corridor text references corridor,
        themes text[] not null,
        audiences text[] not null,
        -- The window, both included; who confirms it confirms this version of it.
        starts_on date not null,
        ends_on date not null check (starts_on <= ends_on),
        window_version int not null default 1 check (window_version > 0),
        version int not null default 1 check (version > 0),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        change_xid xid8 not null default pg_current_xact_id()
      );
      create trigger joint_campaign_stamp before update on joint_campaign for each row execute function app.stamp_change();
      create index joint_campaign_suggestion on joint_campaign (suggestion_id);
      create index joint_campaign_started_by on joint_campaign (started_by);
      create index joint_campaign_state on joint_campaign (state, updated_at, id);
      create index joint_campaign_corridor on joint_campaign (corridor) where corridor is not null;
      create index joint_campaign_start on joint_campaign (starts_on, id);
      create index joint_campaign_updated on joint_campaign (updated_at, id);
      create index joint_campaign_change on joint_campaign (change_xid);

      -- A seat: what all who know of the joint campaign may know of a part. Whose it is, is in joint_party.
      create table joint_part (
        id text collate "C" primary key,
        joint_id text collate "C" not null references joint_campaign,
        position int not null check (position > 0),
        country text not null references place,
        -- Null where there is no corridor, or the country has no leg on it.
        role text check (role in ('origin', 'transit', 'destination', 'return')),
        lead boolean not null default false,
        -- It leads from when it accepts.
        leads_once_accepted boolean not null default false,
        -- Nothing becomes active without it.
        required boolean not null,
        invited_at timestamptz not null,
        unique (joint_id, position),
        unique (id, joint_id, country)
      );
      create unique index joint_part_lead on joint_part (joint_id) where lead;
      create index joint_part_country on joint_part (country);

      -- Whose a part is and what it answered. A seat without a row here looks like silence.
      create table joint_party (
        part_id text collate "C" primary key,
        joint_id text collate "C" not null,
        country text not null,
        actor_id text not null references actor,
        state text not null check (state in ('invited', 'accepted', 'declined', 'withdrawn')),
        declined_reason text check (declined_reason is null or state = 'declined'),
        contribution text not null default '',
        -- In which it speaks; BCP 47.
        languages text[] not null default '{}',
        -- Where its owner keeps its dates, and the entry there that stands for this part.
        campaign_id text collate "C" references campaign,
        entry_id text collate "C" references calendar_entry,
        confirmed_window int,
        -- Coordinators see the joint campaign when all that take part want it.
        shared boolean not null default false,
        answered_at timestamptz,
        version int not null default 1 check (version > 0),
        change_xid xid8 not null default pg_current_xact_id(),
        foreign key (part_id, joint_id, country) references joint_part (id, joint_id, country)
      );
      create trigger joint_party_stamp before update on joint_party for each row execute function app.stamp_change();
      create index joint_party_joint on joint_party (joint_id, state);
      create unique index joint_party_standing on joint_party (actor_id, joint_id, country) where state in ('invited', 'accepted');
      create index joint_party_actor on joint_party (actor_id, state);
      create index joint_party_campaign on joint_party (campaign_id) where campaign_id is not null;
      create index joint_party_entry on joint_party (entry_id) where entry_id is not null;

      -- Other dates that a part would prefer. It need not have accepted, and its owner need not be known to those who read this.
      create table joint_proposal (
        id text collate "C" primary key,
        joint_id text collate "C" not null references joint_campaign,
        part_id text collate "C" not null references joint_part,
        starts_on date not null,
        ends_on date not null check (starts_on <= ends_on),
        reason text not null,
        made_at timestamptz not null
      );
      create index joint_proposal_joint on joint_proposal (joint_id, made_at, id);
      create index joint_proposal_part on joint_proposal (part_id);

      create table joint_task (
        id text collate "C" primary key,
        joint_id text collate "C" not null references joint_campaign,
        part_id text collate "C" not null references joint_part,
        -- Of the list of tasks by role and phase; null: somebody's own.
        template text,
        title text not null check (title <> ''),
        phase text not null check (phase in ('prepare', 'launch', 'run', 'close')),
        -- Due so many days after the first or the last day of the window, whenever that is.
        due_from text not null check (due_from in ('start', 'end')),
        due_after_days int not null,
        -- The part is not ready without it.
        required boolean not null,
        state text not null check (state in ('open', 'done', 'dropped')),
        version int not null default 1 check (version > 0),
        updated_at timestamptz not null
      );
      create index joint_task_joint on joint_task (joint_id, id);
      create unique index joint_task_template on joint_task (part_id, template) where template is not null;
      create index joint_task_part on joint_task (part_id, state);

      create table joint_message (
        id text collate "C" primary key,
        joint_id text collate "C" not null references joint_campaign,
        -- Who proposes it.
        part_id text collate "C" not null references joint_part,
        perspective text not null check (perspective in ('origin', 'transit', 'destination', 'return')),
        language text not null,
        text text not null check (text <> ''),
        source text not null,
        -- The last day on which it may be used once approved; null: no end is stated.
        valid_to date,
        state text not null check (state in ('proposed', 'approved', 'returned', 'withdrawn')),
        reviewed_by text collate "C" references joint_part,
        review_note text,
        reviewed_at timestamptz,
        version int not null default 1 check (version > 0),
        updated_at timestamptz not null,
        check ((reviewed_by is null) = (reviewed_at is null)),
        check (reviewed_by <> part_id)
      );
      create index joint_message_joint on joint_message (joint_id, perspective, language, id);
      create index joint_message_part on joint_message (part_id);
      create index joint_message_reviewed_by on joint_message (reviewed_by) where reviewed_by is not null;

      -- What was decided: which part did what. Who that is, is told by the part, to those who may know it.
      create table joint_decision (
        id text collate "C" primary key,
        joint_id text collate "C" not null references joint_campaign,
        part_id text collate "C" not null references joint_part,
        -- From 1 within a joint campaign, in the order in which it happened.
        number int not null,
        at timestamptz not null,
        code text not null,
        -- Codes, ids, days and counts by name; no text that somebody wrote.
        parameters jsonb not null check (jsonb_typeof(parameters) = 'array'),
        unique (joint_id, number)
      );
      create index joint_decision_part on joint_decision (part_id);
      create trigger joint_decision_only_grows before update or delete on joint_decision
        for each row execute function app.refuse_rewriting();
      create trigger joint_decision_is_never_emptied before truncate on joint_decision
        for each statement execute function app.refuse_rewriting();

      -- What came of it, as one of those that took part says.
      create table joint_outcome (
        id text collate "C" primary key,
        joint_id text collate "C" not null references joint_campaign,
        part_id text collate "C" not null references joint_part,
        owner_id text not null references actor,
        achieved text not null check (achieved <> ''),
        learnt text not null,
        -- People reached, as counted or estimated by the method; null: not known.
        reached int check (reached >= 0),
        reach_method text not null,
        evidence text[] not null,
        version int not null default 1 check (version > 0),
        recorded_at timestamptz not null,
        updated_at timestamptz not null
      );
      create unique index joint_outcome_one_each on joint_outcome (joint_id, owner_id);
      create index joint_outcome_part on joint_outcome (part_id);
      create index joint_outcome_owner on joint_outcome (owner_id);
      -- That a member agrees to what this version says being published.
      create table joint_outcome_consent (
        outcome_id text collate "C" not null references joint_outcome,
        joint_id text collate "C" not null references joint_campaign,
        part_id text collate "C" not null references joint_part,
        actor_id text not null references actor,
        outcome_version int not null,
        given_at timestamptz not null,
        primary key (outcome_id, actor_id)
      );
      create index joint_outcome_consent_joint on joint_outcome_consent (joint_id);
      create index joint_outcome_consent_part on joint_outcome_consent (part_id);
      create index joint_outcome_consent_actor on joint_outcome_consent (actor_id);
    `);
    this.addSql(`
      -- The parts of the actor I act for, whatever became of them.
      create function app.my_joint_parts() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select part_id from app.joint_party
        where actor_id = app.actor_id() and app.viewer_role() in ('editor', 'planner', 'viewer') $$;
      -- Those I am invited to or take part in, while I am listed myself.
      create function app.my_joint_campaigns() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select joint_id from app.joint_party
        where part_id in (select app.my_joint_parts()) and state in ('invited', 'accepted') and app.actor_is_listed(app.actor_id()) $$;
      create function app.joined_joint_campaigns() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select joint_id from app.joint_party
        where part_id in (select app.my_joint_parts()) and state = 'accepted' and app.actor_is_listed(app.actor_id()) $$;
      -- What coordinators see: only what all that take part share with them, also those who are hidden for now.
      create function app.shared_joint_campaigns() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select joint_id from app.joint_party where state = 'accepted' and app.is_coordinator()
        group by joint_id having pg_catalog.bool_and(shared) $$;
      -- The parts of which I may know whose they are, beside my own: asked anew at every read, so that a withdrawal or a suspension
      -- hides at once. An invitation tells nobody else who is invited, unless the suggestion reveals it to them.
      create function app.seen_joint_parties() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select part_id from app.joint_party
        where state = 'accepted' and app.actor_is_listed(actor_id)
          and (joint_id in (select app.joined_joint_campaigns()) or joint_id in (select app.shared_joint_campaigns()))
        union
        select p.part_id from app.joint_party p join app.joint_campaign j on j.id = p.joint_id and j.started_by = p.actor_id
        where p.state = 'accepted' and p.joint_id in (select app.my_joint_campaigns()) and app.actor_is_listed(p.actor_id)
        union
        select p.part_id from app.joint_party p join app.joint_campaign j on j.id = p.joint_id
        join app.revelation r on r.suggestion_id = j.suggestion_id and r.from_actor_id = p.actor_id and r.to_actor_id = app.actor_id()
        where p.state in ('invited', 'declined') and p.joint_id in (select app.my_joint_campaigns())
          and r.ended_at is null and r.id in (select app.standing_revelations()) $$;
      create function app.joint_actors() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select actor_id from app.joint_party where part_id in (select app.seen_joint_parties()) $$;
      -- What I have just begun and nobody takes part in yet.
      create function app.opening_joint_campaigns() returns setof text language sql stable parallel safe security definer set search_path = '' as $$
        select id from app.joint_campaign j where started_by = app.actor_id() and app.is_writer()
          and not exists (select from app.joint_party p where p.joint_id = j.id) $$;

      -- Who takes part in a suggestion, whoever asks. For the functions below alone: nobody may call it.
      create function app.seats_of_suggestion(suggestion text) returns table (seat int, actor text, place text, corridor_role text)
        language sql stable security definer set search_path = '' as $$
        select position, actor_id, country, role from app.suggestion_participant where suggestion_id = $1 $$;
      revoke execute on function app.seats_of_suggestion(text) from public;

      -- Makes parts of some participants of the suggestion: their own for those who begin, an invitation for others, whom the caller
      -- need not know. No seat tells whether its participant is there already or has declined: it then stays silent.
      create function app.open_joint_parts(joint text, seats int[], ids text[], at timestamptz) returns void
        language plpgsql security definer set search_path = '' as $$
      declare
        begun app.joint_campaign;
        taken int;
      begin
        select * into begun from app.joint_campaign j where j.id = joint and j.state = 'preparing' and app.is_writer()
          and (j.id in (select app.joined_joint_campaigns()) or j.id in (select app.opening_joint_campaigns()));
        if not found then
          raise exception 'only its members invite to a joint campaign' using errcode = 'insufficient_privilege';
        end if;
        select coalesce(max(position), 0) into taken from app.joint_part where joint_id = joint;
        insert into app.joint_part (id, joint_id, position, country, role, required, invited_at)
          select asked.id, joint, taken + asked.nth, s.place, s.corridor_role,
            s.actor = app.actor_id() or exists (select from app.revelation r
              where r.suggestion_id = begun.suggestion_id and r.from_actor_id = s.actor and r.to_actor_id = app.actor_id()
                and r.ended_at is null and r.id in (select app.standing_revelations())), at
          from unnest(seats, ids) with ordinality as asked (seat, id, nth)
          join app.seats_of_suggestion(begun.suggestion_id) s on s.seat = asked.seat;
        insert into app.joint_party (part_id, joint_id, country, actor_id, state, answered_at)
          select distinct on (s.actor, s.place) asked.id, joint, s.place, s.actor,
            case when s.actor = app.actor_id() then 'accepted' else 'invited' end, case when s.actor = app.actor_id() then at end
          from unnest(seats, ids) with ordinality as asked (seat, id, nth)
          join app.seats_of_suggestion(begun.suggestion_id) s on s.seat = asked.seat
          where not exists (select from app.joint_party p where p.joint_id = joint and p.actor_id = s.actor and p.country = s.place
            and p.state <> 'withdrawn')
          order by s.actor, s.place, asked.nth;
      end $$;

      -- Keeps a joint campaign still while something of it changes, for whoever knows of it: not all of them may change its row.
      create function app.hold_joint_campaign(joint text) returns void language plpgsql security definer set search_path = '' as $$
      begin
        perform from app.joint_campaign where id = joint and id in (select app.my_joint_campaigns()) for update;
      end $$;

      -- Tells those who take part, and those who are invited if that concerns them, to look again: each by an event of its own, which
      -- reaches nobody else. Written here because whoever acts need not know whom it tells.
      create function app.tell_joint_campaign(joint text, invited boolean) returns void language sql security definer set search_path = '' as $$
        insert into app.outbox_event (kind, payload)
        select 'joint-campaign.changed', pg_catalog.jsonb_build_object('id', joint, 'actorId', actor_id)
        from app.joint_party p where joint_id = joint and (state = 'accepted' or state = 'invited' and invited)
          and joint in (select app.my_joint_campaigns())
        group by actor_id order by actor_id $$;

      -- Do all who take part agree to this version of an outcome? Also those who are hidden for now; of an outcome that the caller does
      -- not see, it says nothing.
      create function app.joint_outcome_is_publishable(outcome text) returns boolean language sql stable security definer set search_path = '' as $$
        select exists (select from app.joint_outcome o where o.id = $1
          and (o.joint_id in (select app.joined_joint_campaigns()) or o.joint_id in (select app.shared_joint_campaigns()))
          and not exists (select from app.joint_party p where p.joint_id = o.joint_id and p.state = 'accepted'
            and not exists (select from app.joint_outcome_consent c where c.outcome_id = o.id and c.actor_id = p.actor_id
              and c.outcome_version = o.version))) $$;

      create function app.number_joint_decision() returns trigger language plpgsql security definer set search_path = '' as $$
      begin
        select coalesce(max(number), 0) + 1 into new.number from app.joint_decision where joint_id = new.joint_id;
        return new;
      end $$;
      create trigger joint_decision_number before insert on joint_decision for each row execute function app.number_joint_decision();

      -- Who merges two actors need not see where they take part. Where both do, the survivor's part stays.
      create function app.move_joint_parts(from_actor text, to_actor text) returns void language plpgsql security definer set search_path = '' as $$
      begin
        if not (app.is_operator() or app.is_coordinator()) then
          raise exception 'only coordinators merge actors' using errcode = 'insufficient_privilege';
        end if;
        update app.joint_party p set state = 'withdrawn' where actor_id = from_actor and state in ('invited', 'accepted') and exists (
          select from app.joint_party other where other.joint_id = p.joint_id and other.country = p.country
            and other.actor_id = to_actor and other.state in ('invited', 'accepted'));
        update app.joint_party set actor_id = to_actor where actor_id = from_actor;
        update app.joint_campaign set started_by = to_actor where started_by = from_actor;
        update app.joint_outcome o set owner_id = to_actor where owner_id = from_actor and not exists (
          select from app.joint_outcome other where other.joint_id = o.joint_id and other.owner_id = to_actor);
        delete from app.joint_outcome_consent c where actor_id = from_actor and exists (
          select from app.joint_outcome_consent other where other.outcome_id = c.outcome_id and other.actor_id = to_actor);
        update app.joint_outcome_consent set actor_id = to_actor where actor_id = from_actor;
      end $$;
    `);
    this.addSql(`
      ${secure('joint_campaign', {
        app: {
          select: `id in (select app.my_joint_campaigns()) or id in (select app.shared_joint_campaigns())`,
          insert: `${isWriter} and started_by = ${me} and exists (select from revelation r
            where r.suggestion_id = joint_campaign.suggestion_id and r.to_actor_id = ${me})`,
          update: `${isWriter} and id in (select app.joined_joint_campaigns())`,
        },
        worker: {},
      })}
      ${secure('joint_part', {
        app: {
          select: `${mine} or joint_id in (select app.shared_joint_campaigns()) or id in (select app.my_joint_parts())`,
          update: `${isWriter} and ${joined}`,
        },
        worker: {},
      })}
      ${secure('joint_party', {
        app: {
          select: `${ofMyPart} or part_id in (select app.seen_joint_parties())`,
          // Nobody answers for another.
          update: `${isWriter} and actor_id = ${me}`,
        },
        worker: {},
      })}
      ${secure('joint_proposal', {
        app: { select: `${inside} or ${ofMyPart}`, insert: `${isWriter} and ${mine} and ${ofMyPart}` },
        worker: {},
      })}
      ${secure('joint_task', {
        app: {
          select: inside,
          insert: `${isWriter} and ${joined}`,
          update: `${isWriter} and ${joined}`,
        },
        worker: {},
      })}
      ${secure('joint_message', {
        app: {
          select: inside,
          insert: `${isWriter} and ${joined} and ${ofMyPart}`,
          update: `${isWriter} and ${joined}`,
        },
        worker: {},
      })}
      ${secure('joint_decision', {
        app: { select: inside, insert: `${isWriter} and ${mine} and ${ofMyPart}` },
        worker: {},
      })}
      ${secure('joint_outcome', {
        app: {
          select: inside,
          insert: `${isWriter} and ${joined} and ${ofMyPart} and owner_id = ${me}`,
          update: `${isWriter} and ${joined} and owner_id = ${me}`,
        },
        worker: {},
      })}
      ${secure('joint_outcome_consent', {
        app: {
          select: inside,
          insert: `${isWriter} and ${joined} and ${ofMyPart} and actor_id = ${me}`,
          delete: `${isWriter} and ${joined} and actor_id = ${me}`,
        },
        worker: {},
      })}
      -- A part with what the viewer may know of whose it is; the rules of both tables hold.
      create view seen_joint_part with (security_invoker = true) as
        select part.id, part.joint_id, part.position, part.country, part.role, part.lead, part.leads_once_accepted, part.required,
          party.actor_id, party.state, party.declined_reason, party.contribution, party.languages, party.campaign_id, party.entry_id,
          party.confirmed_window, party.shared, party.version
        from joint_part part left join joint_party party on party.part_id = part.id;

      -- Beside the other rules for seeing an actor.
      create policy app_select_joined on actor for select to concord_app using (id in (select app.joint_actors()));

      grant select, insert on joint_campaign, joint_proposal, joint_task, joint_message, joint_decision, joint_outcome to concord_app;
      grant update (name, description, state, cancelled_reason, starts_on, ends_on, window_version, version, updated_at)
        on joint_campaign to concord_app;
      grant select on seen_joint_part to concord_app;
      grant select, update (lead, leads_once_accepted, required) on joint_part to concord_app;
      grant select, update (state, declined_reason, contribution, languages, campaign_id, entry_id, confirmed_window, shared,
        answered_at, version) on joint_party to concord_app;
      grant update (state, version, updated_at) on joint_task to concord_app;
      grant update (text, source, valid_to, state, reviewed_by, review_note, reviewed_at, version, updated_at)
        on joint_message to concord_app;
      grant update (achieved, learnt, reached, reach_method, evidence, version, updated_at, part_id) on joint_outcome to concord_app;
      grant select, insert, delete on joint_outcome_consent to concord_app;
      grant execute on function app.my_joint_parts(), app.my_joint_campaigns(), app.joined_joint_campaigns(),
        app.shared_joint_campaigns(), app.seen_joint_parties(), app.joint_actors(), app.opening_joint_campaigns(),
        app.open_joint_parts(text, int[], text[], timestamptz), app.hold_joint_campaign(text),
        app.tell_joint_campaign(text, boolean), app.move_joint_parts(text, text),
        app.joint_outcome_is_publishable(text) to concord_app;
    `);
  }
}
