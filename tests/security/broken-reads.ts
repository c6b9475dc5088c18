/** A read that a careless programmer could write; `$1` are ids of records that the reader may not see, as an array. */
export interface BrokenRead {
  readonly name: string;
  readonly sql: string;
}

const raw = (table: string): BrokenRead => ({ name: `everything in ${table}`, sql: `select * from ${table}` });

/** Tables in which a row tells of one record, or is for the eyes of few. */
const PROTECTED = [
  'programme',
  'campaign',
  'calendar_entry',
  'exact_place',
  'exclusion',
  'named_reader',
  'share',
  'programme_partner',
  'mechanism',
  'message',
  'commitment',
  'footprint',
  'footprint_cell',
  'vetting_decision',
  'notification',
];

export const BROKEN_READS: readonly BrokenRead[] = [
  ...PROTECTED.map(raw),
  { name: 'the wrong key of a loader', sql: `select * from programme where id = any($1)` },
  {
    name: 'all records of an owner, by a join that forgot the viewer',
    sql: `select p.*, c.*, e.* from programme p left join campaign c on c.programme_id = p.id
      left join calendar_entry e on e.campaign_id = c.id`,
  },
  {
    name: 'records of every kind in one list',
    sql: `select id, name from programme union all select id, name from campaign`,
  },
  { name: 'the first by something hidden', sql: `select * from programme order by description desc, id limit 5` },
  { name: 'a search that forgot the viewer', sql: `select * from programme where search_text like '%programme%'` },
  {
    name: 'an aggregate of names',
    sql: `select owner_id, array_agg(id), json_agg(programme) from programme group by owner_id`,
  },
  {
    name: 'a correlated look-up',
    sql: `select a.id, (select json_agg(p) from programme p where p.owner_id = a.id) from actor a`,
  },
  { name: 'what an update gives back', sql: `update programme set name = name where id = any($1) returning *` },
  { name: 'what a deletion gives back', sql: `delete from message where true returning *` },
  { name: 'rows locked for a change', sql: `select * from programme where id = any($1) for update` },
  {
    name: 'what a change with a join gives back',
    sql: `update campaign c set name = c.name from programme p where p.id = c.programme_id returning c.*, p.*`,
  },
];

/** A question whose answer is a number or a failure; `$1` is the id of one record. Hidden or nonexistent, it must be the same. */
export const BROKEN_QUESTIONS: readonly BrokenRead[] = [
  { name: 'how many have this id', sql: `select count(*) from programme where id = $1` },
  { name: 'whether it exists', sql: `select exists (select from programme where id = $1) as there` },
  { name: 'how many parts it has', sql: `select count(*) from campaign where programme_id = $1` },
  {
    name: 'whether a condition fails on it',
    sql: `select 1 from programme where id = $1 and 1 / (length(name) - length(name)) > 0`,
  },
  { name: 'whether a cast fails on it', sql: `select 1 from programme where id = $1 and name::int > 0` },
  { name: 'whether it can be changed', sql: `update programme set name = 'mine' where id = $1` },
  { name: 'whether it can be removed', sql: `delete from mechanism where programme_id = $1` },
  {
    name: 'whether a part can be added to it',
    sql: `insert into mechanism (id, programme_id, position, name, description) values ('mec_probe', $1, 9, 'probe', '')`,
  },
  {
    name: 'whether a partner can be added',
    sql: `insert into programme_partner (programme_id, actor_id, role) select $1, app.actor_of_viewer(), 'funding'`,
  },
];
