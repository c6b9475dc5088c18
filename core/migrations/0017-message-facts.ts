import { Migration } from '@mikro-orm/migrations';
import { secure } from './secure.ts';

const inCampaign = (condition: string): string =>
  `exists (select from campaign whole where whole.id = campaign_id and ${condition})`;
const writer = inCampaign(`((select app.is_operator()) or (select app.is_coordinator())
  or (select app.is_writer()) and whole.owner_id = (select app.actor_id()))`);

/** Does a campaign run, now or later? */
const runs = (campaign: string): string =>
  `${campaign}.cancelled_at is null and ${campaign}.starts_on is not null and coalesce(${campaign}.ends_on, 'infinity') >= (select app.today())`;
/** To whom a message speaks. */
const audiencesOf = (message: string, campaign: string): string =>
  `case when ${message}.audiences = '{}' then ${campaign}.audiences else ${message}.audiences end`;
/** Where a campaign is, as exactly as the viewer may know. */
const placesOf = (campaign: string): string =>
  `coalesce((select exact.places from exact_place exact where exact.subject_id = ${campaign}.id), ${campaign}.places)`;
const parameter = (name: string, value: string): string =>
  `jsonb_build_object('name', '${name}', 'values', jsonb_build_array(${value}))`;

/** What messages state that can be compared: numbers to call, dates, fees; and what is wrong with the messages of a campaign. */
export class MessageFacts extends Migration {
  override up(): void {
    this.addSql(`
      create table message_fact (
        message_id text not null references message on delete cascade,
        campaign_id text not null references campaign,
        position int not null check (position > 0),
        kind text not null check (kind in ('hotline', 'website', 'deadline', 'fee', 'address', 'other')),
        -- What it is about and what holds, as people wrote it, and in the form in which they are compared.
        subject text not null check (subject <> ''),
        value text not null check (value <> ''),
        subject_key text not null,
        value_key text not null,
        primary key (message_id, position)
      );
      create index message_fact_campaign on message_fact (campaign_id);
      create index message_fact_subject on message_fact (kind, subject_key);
      create index message_stance on message (stance, campaign_id) where stance in ('deter', 'protect');
      ${secure('message_fact', {
        app: { select: inCampaign('true'), insert: writer, update: writer, delete: writer },
        worker: { select: 'true' },
      })}
      grant select, insert, update, delete on message_fact to concord_app;
      grant select on message_fact to concord_worker;

      -- Whether a place of the one list is, contains or lies in a place of the other.
      create function app.places_meet(ones text[], others text[]) returns boolean language sql stable set search_path = '' as $$
        with recursive around_one as (
          select code, parent from app.place where code = any(ones)
          union select whole.code, whole.parent from app.place whole join around_one part on whole.code = part.parent),
        around_other as (
          select code, parent from app.place where code = any(others)
          union select whole.code, whole.parent from app.place whole join around_other part on whole.code = part.parent)
        select exists (select from around_one where code = any(others)) or exists (select from around_other where code = any(ones)) $$;
      revoke execute on function app.places_meet(text[], text[]) from public;
      grant execute on function app.places_meet(text[], text[]) to concord_app;
    `);
    this.addSql(`
      -- Two campaigns that run on the same days, at a place of both, and two of their messages to an audience of both that hold then.
      -- Whatever the viewer may not read is not in it; nor is another's restricted one, every reading of which has to be noted.
      create view message_encounter with (security_invoker = true) as
        select c.id as campaign_id, m.id as message_id, m.position, m.stance, o.id as other_campaign_id, n.id as other_message_id,
          n.stance as other_stance,
          array(select code from unnest(${audiencesOf('m', 'c')}) as code intersect select unnest(${audiencesOf('n', 'o')}) order by 1) as audiences
        from campaign c join message m on m.campaign_id = c.id
          join campaign o on o.id <> c.id and o.countries && c.countries and o.visibility <> 'restricted'
          join message n on n.campaign_id = o.id
        where ${runs('c')} and ${runs('o')} and ${audiencesOf('m', 'c')} && ${audiencesOf('n', 'o')}
          and greatest(c.starts_on, o.starts_on, m.valid_from, n.valid_from)
            <= least(coalesce(c.ends_on, 'infinity'), coalesce(o.ends_on, 'infinity'), coalesce(m.valid_to, 'infinity'), coalesce(n.valid_to, 'infinity'))
          and app.places_meet(${placesOf('c')}, ${placesOf('o')});

      -- What is wrong with the messages of a campaign, as far as the viewer can know.
      create view campaign_warning with (security_invoker = true) as
        select m.campaign_id, 'EXPIRED_MESSAGE_SCHEDULED' as code, m.position, null::text as other_campaign_id,
          jsonb_build_array(${parameter('VALID_TO', 'm.valid_to')}) || case when c.ends_on is null then '[]'
            else jsonb_build_array(${parameter('LAST_DAY', 'c.ends_on')}) end as parameters,
          format('Message %s holds until %s only, and the campaign runs %s: renew the message or take it out.', m.position, m.valid_to,
            coalesce('until ' || c.ends_on, 'without an end')) as text
        from message m join campaign c on c.id = m.campaign_id
        where ${runs('c')} and m.valid_to < coalesce(c.ends_on, 'infinity')
        union all
        select f.campaign_id, 'DEADLINE_PASSES', m.position, null,
          jsonb_build_array(${parameter('SUBJECT', 'f.subject')}, ${parameter('VALUE', 'f.value')}) || case when c.ends_on is null then '[]'
            else jsonb_build_array(${parameter('LAST_DAY', 'c.ends_on')}) end,
          format('Message %s names %s as the last day for “%s”, and the campaign runs %s: change the message before that day or take it out then.',
            m.position, f.value, f.subject, coalesce('until ' || c.ends_on, 'without an end'))
        from message_fact f join message m on m.id = f.message_id join campaign c on c.id = f.campaign_id
        where ${runs('c')} and f.kind = 'deadline' and f.value_key::date < least(coalesce(c.ends_on, 'infinity'), coalesce(m.valid_to, 'infinity'))
        union all
        select m.campaign_id, 'MISSING_REVIEW', m.position, null, '[]',
          format('Nobody has noted when message %s was last checked: have somebody check that it is true, and note the day.', m.position)
        from message m join campaign c on c.id = m.campaign_id
        where ${runs('c')} and m.reviewed_on is null
        union all
        select e.campaign_id, 'CONTRADICTING_STANCE', min(e.position), e.other_campaign_id,
          jsonb_build_array(jsonb_build_object('name', 'AUDIENCES', 'values', (select jsonb_agg(distinct code order by code)
            from message_encounter f, unnest(f.audiences) as code where f.campaign_id = e.campaign_id
              and f.other_campaign_id = e.other_campaign_id and (f.stance, f.other_stance) in (('deter', 'protect'), ('protect', 'deter'))))),
          format('Message %s opposes what another campaign tells the same people at the same place and time: agree with its owner on what they are told.',
            min(e.position))
        from message_encounter e
        where (e.stance, e.other_stance) in (('deter', 'protect'), ('protect', 'deter'))
        group by e.campaign_id, e.other_campaign_id
        union all
        select e.campaign_id, 'DIVERGING_FACT', e.position, e.other_campaign_id,
          jsonb_build_array(${parameter('FACT', 'upper(f.kind)')}, ${parameter('SUBJECT', 'f.subject')}, ${parameter('VALUE', 'f.value')},
            ${parameter('OTHER_VALUE', 'g.value')}),
          format('Message %s says %s for “%s”, and another campaign tells the same people %s: find out which holds and have the other corrected.',
            e.position, f.value, f.subject, g.value)
        from message_encounter e
          join message_fact f on f.message_id = e.message_id
          join message_fact g on g.message_id = e.other_message_id and g.kind = f.kind and g.subject_key = f.subject_key
        where not exists (select from message_fact h join message_fact i on i.message_id = e.other_message_id
          and (i.kind, i.subject_key, i.value_key) = (h.kind, h.subject_key, h.value_key)
          where h.message_id = e.message_id and h.kind = f.kind and h.subject_key = f.subject_key);
      grant select on message_encounter, campaign_warning to concord_app;
    `);
    this.addSql(`
      -- Matching compares facts by their digests, and only those that every member may read where they are written.
      alter table footprint add column facts jsonb not null default '[]' check (jsonb_typeof(facts) = 'array');
      update footprint set released = released || '{"facts": []}' where released is not null;
      alter table overlap add column divergence jsonb;
      grant select (divergence) on overlap to concord_app;
    `);
  }
}
