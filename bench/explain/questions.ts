import type { Random } from '../world/random.ts';
import type { KnownRegistry } from './known.ts';

/** An operation and its variables. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const FOOTPRINT =
  'footprint { days { start end } places { code name } corridors { code } audiences { code label } themes { code label } channels { code label } }';
const RECORD = `id name version status owner { id name } ${FOOTPRINT}`;
const OVERLAP = `id kind score strength explanation days { start end } parts { facet similarity }
  sides { mine actor { id name } subject { __typename ... on Programme { id name } ... on Campaign { id name } ... on CalendarEntry { id name } } }`;
const PAGE = 'totalCount pageInfo { hasNextPage endCursor }';

/** What people and programs of theirs ask day by day, with other values each time. */
export function ordinaryQuestions(known: KnownRegistry, random: Random): readonly (() => Question)[] {
  const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}): Question => ({ query, variables });
  const year = (): object => {
    const start = `${String(2026 + random.below(4))}-0${String(1 + random.below(9))}-01`;
    return { start, end: `${String(Number(start.slice(0, 4)) + 1)}${start.slice(4)}` };
  };
  const word = (): string => random.of(['safe', 'harbour', 'youth', 'radio school', 'season', 'lighthouse', '0042']);
  const between = (fields: object): Record<string, unknown> => ({ filter: { between: year(), ...fields } });
  const programmes = `query P($filter: ProgrammeFilter) { programmes(first: 20, filter: $filter) { nodes { ${RECORD} } ${PAGE} } }`;
  const campaigns = `query C($filter: CampaignFilter) { campaigns(first: 20, filter: $filter) { nodes { ${RECORD} programme { id name } } ${PAGE} } }`;
  const calendar = `query E($filter: CalendarFilter!) { calendar(first: 20, filter: $filter) { nodes { ${RECORD} campaign { id name programme { id name } } } ${PAGE} } }`;
  const overlaps = `query O($filter: OverlapFilter) { overlaps(first: 20, filter: $filter, orderBy: { field: SCORE, direction: DESC }) { nodes { ${OVERLAP} } ${PAGE} } }`;
  const suggestions = `query S($filter: SuggestionFilter) { suggestions(first: 20, filter: $filter) { nodes { id kind title score rank status version explanation window { start end } reasons { __typename } participants { position actor { id name } place { code } subject { __typename } } } ${PAGE} } }`;
  const node = `query N($id: ID!) { node(id: $id) { __typename id ... on Programme { ${RECORD} campaigns(first: 5) { nodes { id name } totalCount } } ... on Campaign { ${RECORD} entries(first: 10) { nodes { id name } } } ... on CalendarEntry { ${RECORD} } ... on Actor { id name kind } ... on Overlap { ${OVERLAP} } ... on Suggestion { id title overlaps(first: 5) { nodes { id } } } } }`;
  return [
    () => ask(programmes),
    () => ask(programmes, { filter: { search: word() } }),
    () => ask(programmes, { filter: { countries: [random.of(known.countries)], themes: [random.of(known.themes)] } }),
    () => ask(programmes, { filter: { owners: [random.of(known.actors)] } }),
    () => ask(programmes, { filter: { corridors: [random.of(known.corridors)], between: year() } }),
    () => ask(programmes, { filter: { places: [random.of(known.places)], audiences: [random.of(known.audiences)] } }),
    () => ask(campaigns),
    () => ask(campaigns, { filter: { search: word(), countries: [random.of(known.countries)] } }),
    () => ask(calendar, between({})),
    () => ask(calendar, between({ countries: [random.of(known.countries)] })),
    () => ask(calendar, between({ channels: [random.of(known.channels)], ownerKinds: ['media'] })),
    () => ask(overlaps),
    () => ask(overlaps, { filter: { country: random.of(known.countries), minScore: 0.5 } }),
    () => ask(overlaps, { filter: { of: random.of(known.own) } }),
    () => ask(overlaps, { filter: { corridor: random.of(known.corridors), between: year() } }),
    () => ask(suggestions),
    () => ask(suggestions, { filter: { corridor: random.of(known.corridors) } }),
    () => ask(suggestions, { filter: { addressedToMe: true } }),
    () => ask(node, { id: random.of([...known.programmes, ...known.campaigns, ...known.entries]) }),
    () => ask(node, { id: random.of([...known.overlaps, ...known.suggestions, ...known.actors]) }),
    () =>
      ask(
        `query A($s: String) { actors(first: 50, filter: { search: $s }) { nodes { id name kind vetting } ${PAGE} } }`,
        { s: 'Actor 1' },
      ),
    () =>
      ask(
        `query V($c: String) { coverage(corridor: $c, by: THEME) { term { code } quarter { year } programmes campaigns entries actors others } }`,
        { c: random.of(known.corridors) },
      ),
    () =>
      ask(
        `query V($c: String) { coverage(country: $c, by: AUDIENCE) { term { code } quarter { year } programmes campaigns entries actors others } }`,
        { c: random.of(known.countries) },
      ),
    () =>
      ask(`query B($c: String!) { corridorBrief(code: $c) { title text sections { heading text } } }`, {
        c: random.of(known.corridors),
      }),
    () =>
      ask(
        `query G($c: String) { gaps(first: 20, filter: { corridor: $c }) { nodes { id score audience { code } theme { code } days { start end } } totalCount } }`,
        { c: random.of(known.corridors) },
      ),
    () =>
      ask(
        `query M($f: CalendarFilter) { whoDoesWhatWhere(rows: COUNTRY, columns: THEME, filter: $f) { total { programmes } cells { __typename } } }`,
        { f: { between: year(), countries: [random.of(known.countries)] } },
      ),
    () =>
      ask(`query W($c: [String!]) { presence(corridors: $c) { quarter { year } days { start end } } }`, {
        c: [random.of(known.corridors)],
      }),
    () =>
      ask(
        `query R($i: PreviewOverlapsInput!) { previewOverlaps(first: 10, input: $i) { score kind other { actor { name } } } }`,
        {
          i: {
            footprint: {
              days: year(),
              places: [random.of(known.places)],
              themes: [random.of(known.themes)],
              audiences: [random.of(known.audiences)],
            },
          },
        },
      ),
    () =>
      ask(`query D($i: ProposeDatesInput!) { proposeDates(input: $i) { score window { start end } explanation } }`, {
        i: { of: random.of(known.own), between: year(), lengthDays: 30 },
      }),
    () =>
      ask(
        '{ notifications(first: 20) { nodes { id kind sentence } totalCount } viewer { role unread } hub { counts { actors programmes campaigns calendarEntries overlaps suggestions } } }',
      ),
    () =>
      ask(`query G($id: ID) { guidance(for: $id, first: 8) { nodes { id } totalCount } }`, {
        id: random.of(known.own),
      }),
  ];
}
