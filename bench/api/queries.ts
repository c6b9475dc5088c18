/** One question in the words of each side, and what of their answers must be equal. */
export interface BenchQuery {
  readonly name: 'list' | 'node';
  readonly concord: string;
  readonly postgraphile: string;
  readonly mercurius: string;
}

/** The first 50 entries by name, each with whose it is and the programme it belongs to; and one entry by its id. */
export const QUERIES: readonly BenchQuery[] = [
  {
    name: 'list',
    concord: `{ list: calendar(first: 50, filter: { between: { start: "1900-01-01" } }, orderBy: { field: NAME }) {
      nodes { id name version owner { id name } campaign { id name programme { id name } } } } }`,
    mercurius: `{ list: calendar(first: 50) { nodes { id name version owner { id name } campaign { id name programme { id name } } } } }`,
    postgraphile: `{ list: allCalendarEntries(first: 50, orderBy: [NAME_ASC, ROW_ID_ASC]) {
      nodes { id: rowId name version owner: actorByOwnerId { id: rowId name } campaign: campaignByCampaignId { id: rowId name programme: programmeByProgrammeId { id: rowId name } } } } }`,
  },
  {
    name: 'node',
    concord: `{ node(id: "ent_bench000000042") { ... on CalendarEntry { id name version owner { id name } } } }`,
    mercurius: `{ node: calendarEntry(id: "ent_bench000000042") { id name version owner { id name } } }`,
    postgraphile: `{ node: calendarEntryByRowId(rowId: "ent_bench000000042") { id: rowId name version owner: actorByOwnerId { id: rowId name } } }`,
  },
];
