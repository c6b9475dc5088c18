import type { GraphQLSchema } from 'graphql';
import { EXPORTS } from '../../core/exports/export-kinds.ts';
import type { Client } from '../support/hub.ts';
import { selectionOf } from './fields.ts';

/** What a curious viewer knows or guesses of something hidden, and what it has itself. */
export interface Curiosity {
  /** Ids of a programme, a campaign and an entry that may or may not exist. */
  readonly hidden: { readonly programme: string; readonly campaign: string; readonly entry: string };
  /** Whose they would be. */
  readonly owner: string;
  /** Records that the viewer sees. */
  readonly visible: readonly string[];
  /** The viewer's own, if it acts for somebody. */
  readonly own: { readonly actor: string; readonly programme: string } | null;
  /** A word of the hidden name, and its code. */
  readonly word: string;
  readonly code: { readonly scheme: string; readonly value: string };
  /** Where and when it might exactly be. */
  readonly place: string;
  readonly day: string;
  /** Coordinators are told when the hub works, hidden things included. */
  readonly coordinates: boolean;
}

/** One thing a viewer tries, and what became of it. */
interface Operation {
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const SHARED = `places { code } themes { code } audiences { code } channels { code } languages corridors { code } days { start end }`;
const OVERLAP = `id kind score confidence strength tentative explanation foundAt days { start end days } shared { ${SHARED} }
  parts { facet similarity stated weight } sides { mine disclosure actor { id name } subject { id name } }
  contradiction { audiences { code } deterring { id } protecting { id } } divergence { audiences { code } kinds }`;
const WARNED = 'id warnings { code message text other { id } parameters { name values } }';
const PREVIEW = `kind score confidence strength tentative explanation days { start end days } shared { ${SHARED} }
  parts { facet similarity stated weight } other { disclosure actor { id } subject { id name } }`;
const CASE_STUDY = `id title summary done achieved conditions status visibility featured version createdAt updatedAt publishedAt
  owner { id name } programme { id } campaign { id } evidence { kind statement source link publishedOn }
  places { code } corridors { code } audiences { code } themes { code } channels { code } languages`;
const COMMITMENT = `id version kind description amount currency quantity unit validFrom validTo endedAt source
  actor { id } programme { id } corridors { code } themes { code }`;
const INTEREST = 'id version topic offers languages until withdrawn createdAt updatedAt actor { id }';
const SUGGESTION = `practice { id title } id kind status score title explanation version createdAt updatedAt dismissedReason dismissedCode
  rank ranking { factor dismissed agreed since version }
  myAnswer { choice }
  reasons { code parameters { name values } } corridor { code } window { start end days } themes { code } audiences { code }
  countries { code } missing { roles countries { code } languages { code } channels { code } }
  participants { position lead role disclosure place { code } actor { id name } subject { id name } }
  overlaps(first: 20) { totalCount nodes { id } }`;
const BAND = `kind name days { start end days } countries { code } corridor { code } reason source estimated
  observance { id name version enteredBy { id } }`;
const PROPOSAL = `window { start end days } score explanation tradeOffs { code favourable sentence parameters { name values } }`;
const GAP = `id score inSeason uncoveredRoles corridor { code } audience { code } theme { code } quarter { year quarter }
  days { start end } countries { code } declaredBy { id } missingLanguages { code } missingChannels { code } suggestion { id }`;
const INSIGHT = `id kind status statement source publishedOn validFrom validTo version createdAt updatedAt illustrative withdrawnReason
  audience { code } places { code } corridor { code } themes { code } channels { channel { code } weight } registeredBy { id name }`;
const PART = `id lead required status actor { id } declinedReason contribution languages datesConfirmed sharesWithCoordinators version
  missing { code values }`;
const JOINT = `id name status version updatedAt windowVersion window { start end } parts { ${PART} } tasks { id } messages { id text }
  proposedDates { days { start } } readiness { place { code } ready } outcomes { id } decisions(first: 100) { totalCount }`;
const PROBLEM = `__typename ... on Problem { code message } ... on InvalidInput { issues { path message } }`;
const COUNTS = 'actors programmes campaigns entries';
const MATRIX = `rows { code label ${COUNTS} } columns { code label ${COUNTS} } total { ${COUNTS} } unplaced { ${COUNTS} }
  cells { row column ${COUNTS} owners(first: 20) { id name } filter { owners countries between { start end } } }`;
/** Every axis once; with what only entries are asked for. */
const MATRICES = [
  ['ACTOR', 'COUNTRY', ''],
  ['ACTOR_KIND', 'MONTH', ''],
  ['CORRIDOR', 'THEME', ', languages: ["bn"]'],
  ['AUDIENCE', 'CHANNEL', ''],
  ['LANGUAGE', 'QUARTER', ', kinds: [EVENT, OTHER]'],
] as const;
const PAGE = `totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage }`;

/** How the hub works is told to coordinators, hidden things included; to others nothing of it. */
const operating: Operation = {
  name: 'how the hub stands',
  document: `{ hubHealth { workers outboxPending outboxLagSeconds auditSealedAt auditUnsealed databaseBytes queues { name waiting active delayed failed } }
    failedJobs(first: 100) { ${PAGE} nodes { id queue reason attempts addedAt failedAt asked } } }`,
};

/** Reads that a viewer may send, more than forty with those of `probes`; what they select is everything there is. */
export function questions(schema: GraphQLSchema, curiosity: Curiosity): Operation[] {
  const { hidden, owner, visible, word, code, place, day, coordinates } = curiosity;
  const work = coordinates ? '' : 'queueDepth failedJobs lastMatchedAt';
  const programme = selectionOf(schema, 'Programme');
  const campaign = selectionOf(schema, 'Campaign');
  const entry = selectionOf(schema, 'CalendarEntry');
  // In full once; then, ordered and filtered, what tells which rows there are: large selections take PostgreSQL long to plan.
  const list = (field: string, first = 100) => {
    return (name: string, args: string, selection = 'id'): Operation => ({
      name: `${field} ${name}`,
      document: `{ ${field}(first: ${String(first)}, ${args}) { ${PAGE} edges { cursor node { ${selection} } } } }`,
    });
  };
  const programmes = list('programmes');
  const campaigns = list('campaigns');
  const overlaps = list('overlaps');
  // Each of them is large.
  const suggestions = list('suggestions', 40);
  const jointCampaigns = list('jointCampaigns');
  const calendar = (name: string, filter: string, rest = '', selection = 'id'): Operation =>
    list('calendar')(name, `filter: { between: { start: "2026-01-01" } ${filter} } ${rest}`, selection);
  const ids = [hidden.programme, hidden.campaign, hidden.entry, ...visible.slice(0, 5)];
  return [
    programmes('by name', 'orderBy: { field: NAME }', programme),
    programmes('by start', 'orderBy: { field: START, direction: DESC }'),
    programmes('by change', 'orderBy: { field: UPDATED }'),
    programmes('by a word', `filter: { search: ${quoted(word)} }`),
    programmes('by code', `filter: { identifier: { scheme: ${quoted(code.scheme)}, value: ${quoted(code.value)} } }`),
    programmes('at a place', `filter: { places: [${quoted(place)}] }`),
    programmes('in a country', `filter: { countries: [${quoted(place.slice(0, 2))}] }`),
    programmes('on a day', `filter: { between: { start: ${quoted(day)}, end: ${quoted(day)} } }`),
    programmes('of an owner', `filter: { owners: [${quoted(owner)}] }`),
    programmes('with a partner', `filter: { partners: [${quoted(curiosity.own?.actor ?? owner)}] }`),
    programmes('about a theme', `filter: { themes: ["people_smuggling"], audiences: ["youth_15_24"] }`),
    programmes('by channel', `filter: { channels: ["radio"], languages: ["bn"], corridors: ["rohingya_andaman"] }`),
    programmes('under way', `filter: { statuses: [ACTIVE, PLANNED, WITHDRAWN] }`),
    campaigns('by name', 'orderBy: { field: NAME }', campaign),
    campaigns('by start', 'orderBy: { field: START }'),
    campaigns('by change', 'orderBy: { field: UPDATED, direction: DESC }'),
    campaigns('by a word', `filter: { search: ${quoted(word)} }`),
    campaigns('in a programme', `filter: { programmes: [${quoted(hidden.programme)}] }`),
    campaigns('at a place', `filter: { places: [${quoted(place)}] }`),
    campaigns('with what is wrong with their messages', 'orderBy: { field: NAME }', WARNED),
    campaigns('in a phase', `filter: { phases: ["concept"], objectiveLevels: ["awareness"] }`),
    calendar('by start', '', '', entry),
    calendar('by change', '', 'orderBy: { field: UPDATED }'),
    calendar('by a word', `search: ${quoted(word)}`),
    calendar('of a campaign', `campaigns: [${quoted(hidden.campaign)}]`),
    calendar('at a place', `places: [${quoted(place)}], kinds: [EVENT, OTHER]`),
    {
      name: 'actors',
      document: `{ actors(first: 50) { ${PAGE} nodes { ${selectionOf(schema, 'Actor')}
        programmeCount: programmes { totalCount } campaignCount: campaigns { totalCount } } } }`,
    },
    {
      name: 'actors by a word',
      document: `{ actors(first: 100, filter: { search: ${quoted(word)} }) { ${PAGE} nodes { id } } }`,
    },
    {
      name: 'counts',
      document: `{ hub { counts { actors programmes campaigns calendarEntries overlaps suggestions } ${work} }
        viewer { role } }`,
    },
    ...(coordinates ? [] : [operating]),
    ...ids.map((id, index) => ({
      name: `node ${String(index)}`,
      document: `{ node(id: ${quoted(id)}) { __typename id ... on FootprintHolder { name owner { id name } version
        footprint { places { code } corridors { code } days { start end } } } } }`,
    })),
    overlaps('by strength', 'orderBy: { field: STRENGTH, direction: DESC }', OVERLAP),
    overlaps('by score', 'orderBy: { field: SCORE }'),
    overlaps('by start', 'orderBy: { field: START }'),
    overlaps('in a country', `filter: { country: ${quoted(place.slice(0, 2))} }`),
    overlaps('on a corridor', `filter: { corridor: "rohingya_andaman", minScore: 0.2 }`),
    overlaps('on a day', `filter: { between: { start: ${quoted(day)}, end: ${quoted(day)} } }`),
    overlaps('of something hidden', `filter: { of: ${quoted(hidden.programme)} }`),
    overlaps('of its owner', `filter: { of: ${quoted(owner)} }`),
    overlaps('that contradict', `filter: { contradicting: true }`),
    suggestions('by score', 'orderBy: { field: SCORE, direction: DESC }', SUGGESTION),
    suggestions('by rank', 'orderBy: { field: RANK, direction: DESC }'),
    suggestions('by start', 'orderBy: { field: START }'),
    suggestions('addressed to me', 'filter: { addressedToMe: true }'),
    suggestions('in a country', `filter: { country: ${quoted(place.slice(0, 2))} }`),
    list('caseStudies')('by day', 'orderBy: { field: PUBLISHED }', CASE_STUDY),
    list('caseStudies')('by title', 'orderBy: { field: TITLE }'),
    list('caseStudies')('by a word', `filter: { search: ${quoted(word)} }`),
    list('caseStudies')('of an owner', `filter: { owners: [${quoted(owner)}], statuses: [DRAFT, WITHDRAWN] }`),
    list('caseStudies')('by what they say', `filter: { themes: ["people_smuggling"], countries: ["BD"] }`),
    list('commitments')('by kind', 'orderBy: { field: KIND }', COMMITMENT),
    list('commitments')('by end', 'orderBy: { field: END }'),
    list('commitments')('of an owner', `filter: { actors: [${quoted(owner)}] }`),
    list('commitments')('of something hidden', `filter: { programmes: [${quoted(hidden.programme)}], current: true }`),
    list('commitments')('from a country', `filter: { countries: ["BD"], actorKinds: ["ingo"] }`),
    list('contributionInterests')('by topic', 'orderBy: { field: TOPIC }', INTEREST),
    list('contributionInterests')('of an owner', `filter: { actors: [${quoted(owner)}] }`),
    list('contributionInterests')('that are over', 'filter: { current: false }'),
    { name: 'the map of interests', document: '{ interestMap { topic country { code } actors members observers } }' },
    jointCampaigns('by change', 'orderBy: { field: UPDATED, direction: DESC }', JOINT),
    jointCampaigns('by start', 'orderBy: { field: START }'),
    jointCampaigns('on a corridor', `filter: { corridor: "rohingya_andaman", statuses: [PREPARING, ACTIVE] }`),
    jointCampaigns('that wait for me', 'filter: { invited: true }'),
    ...[hidden.programme, visible[0] ?? '', owner].map((id, index) => ({
      name: `contacts ${String(index)}`,
      document: `{ contacts(of: ${quoted(id)}) { id name email phone purpose role shared version updatedAt } }`,
    })),
    {
      name: 'notifications',
      document: `{ viewer { unread } notifications(first: 100) { ${PAGE} edges { cursor node {
        id kind sentence createdAt readAt subject { __typename id } } } } }`,
    },
    ...[hidden.programme, owner].map((id, index) => ({
      name: `notifications by kind ${String(index)}`,
      document: `{ notifications(first: 100, filter: { unread: true, kinds: [NEW_OVERLAP, ENDS_SOON, CONTRADICTION] }) { ${PAGE} }
        node(id: ${quoted(id.replace(/^.{4}/, 'ntf_'))}) { id } }`,
    })),
    {
      name: 'told outside',
      document: `{ notificationPreferences { version kinds digest weekday language mailTo { contactId state } }
        webhooks { id url kinds state createdAt lastDelivery { id kind state attempts lastResult } } }`,
    },
    ...[hidden.programme, owner].map((id, index) => ({
      name: `imports ${String(index)}`,
      document: `{ importRuns(first: 100) { ${PAGE} edges { cursor node { id fileName state counts { rows } items { totalCount } } } }
        importRun(id: ${quoted(id.replace(/^.{4}/, 'imp_'))}) { id } node(id: ${quoted(id.replace(/^.{4}/, 'imi_'))}) { id } }`,
    })),
    {
      name: 'calendars outside',
      document: `{ calendarFeeds { id label countries { code } corridors { code } themes { code } mine observances createdAt revokedAt }
        calendarSubscriptions { id url state lastFetchedAt lastError failures nextAt events waiting refused { uid name reason } campaign { id } } }`,
    },
    {
      name: 'doors',
      document: `{ apiKeys(first: 100) { ${PAGE} nodes { id label role } }
        memberships(first: 100) { ${PAGE} nodes { id label role } } }`,
    },
    {
      name: 'through other eyes',
      document: `{ previewAs(id: ${quoted(hidden.programme)}, as: { eyes: ANYBODY }) { seen { name } } }`,
    },
    ...[hidden.programme, hidden.campaign, hidden.entry, owner, visible[0] ?? ''].map((id, index) => ({
      name: `guidance ${String(index)}`,
      document: `{ guidance(first: 100, for: ${quoted(id)}) { ${PAGE} nodes { because reasons { code values } section { id } } } }`,
    })),
    {
      name: 'the library',
      document: `{ guidance(first: 100, filter: { search: ${quoted(word)} }) { ${PAGE} nodes { section { id } } } }`,
    },
    {
      name: 'gaps on a corridor',
      document: `{ gaps(first: 100, filter: { corridor: "rohingya_andaman" }) { ${PAGE} edges { cursor node { ${GAP} } } } }`,
    },
    {
      name: 'gaps in a country',
      document: `{ gaps(first: 100, filter: { country: ${quoted(place.slice(0, 2))} }) { ${PAGE} nodes { id } } }`,
    },
    {
      name: 'names in files',
      document: `{ nameQuestions(first: 100) { ${PAGE} nodes { id name scheme code source state version answer { id name }
        candidates { confidence matchedBy actor { id name } } } } }`,
    },
    { name: 'insights', document: `{ insights(first: 100) { ${PAGE} edges { cursor node { ${INSIGHT} } } } }` },
    {
      name: 'how well channels fit',
      document: `{ campaigns(first: 100) { nodes { id channelFit { audience { code } share used { channel { code } weight insight { id } }
        toAdd { channel { code } weight insight { id } } } } } }`,
    },
    { name: 'presence', document: '{ presence { corridor { code } quarter { year quarter } days { start end } } }' },
    {
      name: 'observances',
      document: `{ observances(between: { start: "2027-01-01", end: "2027-12-31" }, countries: ["BD", "MY"]) { ${BAND} } }`,
    },
    {
      name: 'bands of the calendar',
      document: `{ calendar(first: 1, filter: { between: { start: "2027-01-01", end: "2027-12-31" }, places: [${quoted(place)}] }) {
        totalCount bands { ${BAND} } } }`,
    },
    ...MATRICES.map(([rows, columns, filter]) => ({
      name: `matrix of ${rows} by ${columns}`,
      document: `{ whoDoesWhatWhere(rows: ${rows}, columns: ${columns}, filter: { between: { start: "2026-01-01", end: "2028-12-31" } ${filter} }) {
        ${MATRIX} } }`,
    })),
    {
      name: 'matrix of a place and an owner',
      document: `{ whoDoesWhatWhere(rows: ACTOR, columns: COUNTRY, filter: { between: { start: ${quoted(day)} }, places: [${quoted(place)}],
        owners: [${quoted(owner)}] }) { ${MATRIX} } }`,
    },
    ...['AUDIENCE', 'THEME', 'CHANNEL', 'LANGUAGE'].map((by, index) => ({
      name: `coverage by ${by}`,
      document: `{ coverage(${index % 2 === 0 ? 'corridor: "rohingya_andaman"' : `country: ${quoted(place.slice(0, 2))}`}, by: ${by}, quarters: 12) {
        term { code } quarter { year quarter } days { start end } actors programmes campaigns entries others } }`,
    })),
    {
      name: 'a brief',
      document: `{ corridorBrief(code: "rohingya_andaman") { title asOf text corridor { code } sections { topic heading text figures { label value } } } }`,
    },
    { name: 'vocabulary', document: `{ corridors { code facts } taxonomy(kind: THEME) { code } }` },
    { name: 'an invalid cursor', document: `{ programmes(after: "AAAA") { nodes { id } } }` },
    { name: 'too many', document: `{ programmes(first: 1000) { nodes { id } } }` },
    { name: 'an unknown code', document: `{ programmes(filter: { places: ["XX-99"] }) { nodes { id } } }` },
  ];
}

/** What a viewer who acts for an actor writes or looks up to find out; each answers as if nothing hidden were there. */
export function probes(curiosity: Curiosity): Operation[] {
  const { hidden, owner, word, code, place, day } = curiosity;
  const write = (name: string, mutation: string, type: string, input: object, record = ''): Operation => ({
    name: `${mutation} ${name}`,
    document: `mutation ($input: ${type}Input!) { result: ${mutation}(input: $input) { ${PROBLEM} ${record} } }`,
    variables: { input },
  });
  const saved = '... on Programme { id version name status footprint { places { code } } }';
  const footprint = { places: [place], days: { start: day, end: day }, themes: ['people_smuggling'] };
  const target = { id: hidden.programme, expectedVersion: 1 };
  const preview = (name: string, input: object): Operation => ({
    name: `previewOverlaps ${name}`,
    document: `query ($input: PreviewOverlapsInput!) { previewOverlaps(first: 100, input: $input) { ${PREVIEW} } }`,
    variables: { input },
  });
  const dates = (name: string, input: object): Operation => ({
    name: `proposeDates ${name}`,
    document: `query ($input: ProposeDatesInput!) { proposeDates(input: $input) { ${PROPOSAL} } }`,
    variables: { input: { lengthDays: 10, between: { start: '2027-01-01', end: '2027-12-31' }, ...input } },
  });
  return [
    dates('at a place', {
      footprint: { ...footprint, audiences: ['prospective_migrant', 'refugee_in_camp', 'youth_15_24'] },
    }),
    dates('of something hidden', { of: hidden.campaign }),
    dates('in something hidden', { footprint, programme: hidden.programme }),
    preview('on a day at a place', { footprint }),
    preview('in a country', { footprint: { ...footprint, places: [place.slice(0, 2)] } }),
    preview('in something hidden', { footprint, programme: hidden.programme }),
    write('with a taken code', 'registerProgramme', 'RegisterProgramme', { name: word, identifier: code }, saved),
    write('with a partner', 'registerProgramme', 'RegisterProgramme', {
      name: `${word} too`,
      partners: [{ actor: owner, role: 'FUNDING' }],
      footprint,
      clientMutationKey: 'the same key',
    }),
    write('again', 'registerProgramme', 'RegisterProgramme', { name: word, clientMutationKey: 'the same key' }),
    write('of another', 'reviseProgramme', 'ReviseProgramme', { ...target, name: 'Mine' }),
    write('of another', 'withdrawProgramme', 'WithdrawProgramme', target),
    write('inside another', 'planCampaign', 'PlanCampaign', { name: word, programme: hidden.programme }),
    write('of another', 'rescheduleCampaign', 'RescheduleCampaign', {
      ...target,
      id: hidden.campaign,
      days: footprint.days,
    }),
    write('of another', 'cancelCampaign', 'CancelCampaign', { ...target, id: hidden.campaign }),
    write('inside another', 'addCalendarEntry', 'AddCalendarEntry', {
      name: word,
      campaign: hidden.campaign,
      footprint: { days: footprint.days },
    }),
    write('of another', 'cancelCalendarEntry', 'CancelCalendarEntry', { ...target, id: hidden.entry }),
    write('of another', 'shareProgramme', 'ShareProgramme', {
      programme: hidden.programme,
      with: curiosity.owner,
      purpose: word,
      until: '2099-12-31',
    }),
    write('from something hidden', 'draftCaseStudy', 'DraftCaseStudy', { title: word, programme: hidden.programme }),
    write('from something hidden too', 'draftCaseStudy', 'DraftCaseStudy', { title: word, campaign: hidden.campaign }),
    write('to something hidden', 'registerCommitment', 'RegisterCommitment', {
      kind: 'OTHER',
      description: word,
      programme: hidden.programme,
    }),
    ...jointProbes(hidden.entry).map(([mutation, type, input]) => write('of others', mutation, type, input)),
    write('of another', 'addContact', 'AddContact', {
      of: hidden.programme,
      name: word,
      email: 'press@example.org',
      purpose: word,
    }),
  ];
}

/** What somebody tries with a joint campaign, or a part of one, whose id it guessed. */
function jointProbes(id: string): readonly (readonly [mutation: string, type: string, input: object])[] {
  const target = { id, expectedVersion: 1 };
  const part = { part: id, expectedVersion: 1 };
  return [
    ['startJointCampaign', 'StartJointCampaign', { suggestion: id, expectedVersion: 1, name: 'Ours' }],
    ['reviseJointCampaign', 'ReviseJointCampaign', { ...target, name: 'Mine' }],
    ['takeLead', 'JointTarget', target],
    ['respondToInvitation', 'RespondToInvitation', { ...part, answer: 'ACCEPT' }],
    ['withdrawFromJointCampaign', 'JointPartTarget', part],
    ['recordOutcome', 'RecordOutcome', { jointCampaign: id, achieved: 'Much' }],
    [
      'publishAsCaseStudy',
      'PublishAsCaseStudy',
      { outcome: id, expectedVersion: 1, title: 'Ours', summary: 'In short', done: 'Much' },
    ],
  ];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Sends operations one after the other, as writes must be; gives each whole answer as JSON, by name. */
export async function askAll(client: Client, operations: readonly Operation[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const { name, document, variables } of operations)
    answers.set(name, JSON.stringify(await client.send(document, variables)));
  return answers;
}

/** Sends reads several at once; answers come in the order of the operations. */
export async function readAll(client: Client, operations: readonly Operation[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const AT_ONCE = 8;
  for (let start = 0; start < operations.length; start += AT_ONCE) {
    const asked = operations.slice(start, start + AT_ONCE);
    const got = await Promise.all(asked.map(({ document, variables }) => client.send(document, variables)));
    asked.forEach(({ name }, index) => answers.set(name, JSON.stringify(got[index])));
  }
  return answers;
}

/** Takes out every list there is in one form each and the brief of a corridor, one after the other; with what is said beside them. */
export async function takeAll(url: string, client: Client): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const lists = [...EXPORTS.keys()].filter((file) => !/\.(xlsx|jsonld)$/.test(file));
  for (const file of [...lists, 'briefs/rohingya_andaman.html']) {
    const response = await fetch(`${url}/exports/${file}`, { headers: client.headers });
    const beside = ['content-disposition', 'concord-sensitivity', 'concord-rows'].map((name) =>
      response.headers.get(name),
    );
    answers.set(file, [response.status, ...beside, await response.text()].join('\n'));
  }
  return answers;
}

/** The operations whose answers differ, with where they begin to. */
export function differences(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): string[] {
  return [...left].flatMap(([name, answer]) => {
    const other = right.get(name) ?? 'nothing';
    if (answer === other) return [];
    let at = 0;
    while (answer.charAt(at) === other.charAt(at)) at += 1;
    const around = (text: string): string => text.slice(Math.max(0, at - 120), at + 120);
    return [`${name}: …${around(answer)}… became …${around(other)}…`];
  });
}
