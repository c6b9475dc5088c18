import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
} from 'graphql';

/**
 * What a viewer who sees a record gets in one of its fields.
 * - `stated`: what its owner stated, the same for everybody;
 * - `places`, `corridors`: as exactly as the record releases where it is;
 * - `actor`, `record`: another row, by its id; null where the viewer does not see that one;
 * - `records`: a connection with those rows that the viewer sees;
 * - `private`, `curated`: lists for the owner alone, and for coordinators too; empty to others;
 * - `parts`: objects that are no rows of their own, each of whose fields is a cell;
 * - `people`: proved where contacts, keys and memberships are, and what an owner sees through other eyes (`people.ts`);
 * - `observed`: told to everybody while whoever entered it is vouched for, proved where observances are (`observances.ts`);
 * - `matching`: what follows from two records or more, proved where overlaps and suggestions are (`sides.ts`);
 * - `practices`: proved where case studies and interests are (`practices.ts`);
 * - `insight`: what is known of audiences, whose word it is and who sees it, proved in `tests/api/insights.test.ts`;
 * - `names`: what names in its files mean, each party's own, and what was merged into an actor, proved in
 *   `tests/api/name-questions.test.ts` and `tests/api/merging-actors.test.ts`;
 * - `joint`: what those who take part in a joint campaign know of each other, proved against a model of it
 *   (`tests/core/joint-campaigns.test.ts`) and, field by field, from four sides (`tests/api/joint-campaigns.test.ts`);
 * - `imported`: a file and what became of it, for its party alone, proved in `tests/api/imports.test.ts`;
 * - `counted`: what follows from all that the viewer reads, proved by counting its lists anew (`tests/api/who-does-what-where`).
 */
export type Rule =
  | 'stated'
  | 'places'
  | 'corridors'
  | 'actor'
  | 'record'
  | 'records'
  | 'private'
  | 'curated'
  | 'parts'
  | 'people'
  | 'observed'
  | 'matching'
  | 'practices'
  | 'insight'
  | 'names'
  | 'joint'
  | 'imported'
  | 'counted';

type Rules = Readonly<Record<string, Rule>>;

/** Whether a field has a comparison of its own, because it is not read with a record. */
export function isProvedElsewhere(rule: Rule): boolean {
  return ['matching', 'people', 'observed', 'practices', 'insight', 'names', 'joint', 'imported', 'counted'].includes(
    rule,
  );
}

const HOLDER = {
  id: 'stated',
  name: 'stated',
  names: 'parts',
  description: 'stated',
  descriptions: 'parts',
  owner: 'actor',
  release: 'parts',
  excluded: 'curated',
  namedReaders: 'private',
  footprint: 'parts',
  identifier: 'parts',
  illustrative: 'stated',
  source: 'stated',
  version: 'stated',
  createdAt: 'stated',
  updatedAt: 'stated',
} as const satisfies Rules;

/** The same rule for several fields, named with blanks between. */
const all = (rule: Rule, fields: string): Rules => Object.fromEntries(fields.split(' ').map((field) => [field, rule]));

/** How many of each kind, by what the viewer reads. */
const COUNTS = all('counted', 'actors programmes campaigns entries');

/** What a stored overlap and one that is only looked at tell alike. */
const MEETING = all('matching', 'kind score confidence strength days shared parts explanation tentative');

/** Every field of every type that tells of what somebody registered. A field of the schema that is missing here fails the test. */
export const FIELDS: Readonly<Record<string, Rules>> = {
  Programme: {
    ...HOLDER,
    campaigns: 'records',
    commitments: 'parts',
    mechanisms: 'parts',
    partners: 'parts',
    shares: 'parts',
    status: 'stated',
    withdrawnReason: 'stated',
  },
  Campaign: {
    ...HOLDER,
    cancelledReason: 'stated',
    entries: 'records',
    messages: 'parts',
    objectiveLevel: 'stated',
    phase: 'stated',
    programme: 'record',
    status: 'stated',
    warnings: 'matching',
    channelFit: 'matching',
  },
  CalendarEntry: {
    ...HOLDER,
    campaign: 'record',
    materials: 'parts',
    cancelledReason: 'stated',
    kind: 'stated',
    precision: 'stated',
    recurrence: 'stated',
    statedDays: 'parts',
    status: 'stated',
  },
  Actor: {
    aliases: 'stated',
    baliProcessRole: 'stated',
    basedIn: 'stated',
    campaigns: 'records',
    commitments: 'parts',
    communityOf: 'stated',
    createdAt: 'stated',
    description: 'stated',
    hostedBy: 'actor',
    id: 'stated',
    identifiers: 'parts',
    illustrative: 'stated',
    kind: 'stated',
    legalStatus: 'stated',
    mergedFrom: 'names',
    name: 'stated',
    names: 'parts',
    programmes: 'records',
    source: 'stated',
    updatedAt: 'stated',
    version: 'stated',
    vettedUntil: 'stated',
    vetting: 'stated',
    vettingDecisions: 'parts',
    visibility: 'stated',
    website: 'stated',
  },
  Footprint: {
    audiences: 'stated',
    channels: 'stated',
    corridors: 'corridors',
    days: 'parts',
    inherited: 'stated',
    languages: 'stated',
    places: 'places',
    themes: 'stated',
  },
  Mechanism: all('stated', 'channel description howToUse name'),
  ProgrammePartner: { actor: 'actor', role: 'stated' },
  Message: {
    facts: 'parts',
    audiences: 'stated',
    frame: 'stated',
    language: 'stated',
    perspective: 'stated',
    reviewedOn: 'stated',
    source: 'stated',
    stance: 'stated',
    text: 'stated',
    texts: 'parts',
    validFrom: 'stated',
    validTo: 'stated',
  },
  Commitment: {
    ...all(
      'stated',
      'id amount currency description kind source quantity unit corridors themes validFrom validTo endedAt version',
    ),
    actor: 'actor',
    programme: 'record',
  },
  CalendarMaterial: all('stated', 'kind language title url'),
  CaseStudy: all(
    'practices',
    'achieved audiences campaign channels conditions corridors createdAt done evidence featured id illustrative languages objectiveLevel owner places programme publishedAt source status summary themes title updatedAt version visibility',
  ),
  Evidence: all('practices', 'kind link publishedOn source statement'),
  ContributionInterest: all('practices', 'actor createdAt id languages offers topic until updatedAt version withdrawn'),
  InterestCell: all('practices', 'actors country members observers topic'),
  Share: {
    createdAt: 'stated',
    id: 'stated',
    programme: 'record',
    purpose: 'stated',
    revokedAt: 'stated',
    until: 'stated',
    version: 'stated',
    with: 'actor',
  },
  ActorMerge: all('names', 'duplicate mergedAt'),
  VettingDecision: all('stated', 'decidedAt decision evidence validUntil'),
  Release: all('stated', 'matching placePrecision visibility'),
  Identifier: all('stated', 'scheme value'),
  LocalizedText: all('stated', 'language text'),
  DayRange: all('stated', 'days end start'),
  Overlap: { ...MEETING, ...all('matching', 'id sides contradiction divergence foundAt') },
  OverlapSide: all('matching', 'actor subject disclosure mine'),
  OverlapPreview: { ...MEETING, other: 'matching' },
  Contradiction: all('matching', 'audiences deterring protecting'),
  ScorePart: all('matching', 'facet similarity stated weight'),
  Suggestion: all(
    'matching',
    'audiences corridor countries createdAt dismissedReason explanation id kind missing practice dismissedCode rank ranking overlaps participants reasons score status themes title updatedAt version window myAnswer',
  ),
  Answer: all('matching', 'choice givenAt version'),
  SuggestedParticipant: all('matching', 'actor disclosure lead place position role subject'),
  PresenceCell: all('matching', 'corridor days quarter'),
  Missing: all('matching', 'channels countries languages roles'),
  Reason: all('matching', 'code parameters'),
  Observance: all(
    'observed',
    'countries createdAt days enteredBy estimated id kind name reason source updatedAt version withdrawn',
  ),
  CalendarBand: all('observed', 'corridor countries days estimated kind name observance reason source'),
  DateProposal: all('matching', 'explanation score tradeOffs window'),
  TradeOff: all('matching', 'code favourable parameters sentence'),
  TradeOffParameter: all('matching', 'name values'),
  Insight: all(
    'insight',
    'audience channels corridor createdAt id illustrative kind places publishedOn registeredBy source statement status themes updatedAt validFrom validTo version withdrawnReason',
  ),
  NameQuestion: all('names', 'answer candidates code createdAt decidedAt id name scheme source state version'),
  NameCandidate: all('names', 'actor confidence matchedBy'),
  ChannelWeight: all('insight', 'channel weight'),
  ChannelFit: all('matching', 'audience share toAdd used'),
  InformationWay: all('matching', 'channel insight weight'),
  Gap: all(
    'matching',
    'audience corridor countries days declaredBy id inSeason missingChannels missingLanguages quarter score suggestion theme uncoveredRoles',
  ),
  JointCampaign: all(
    'joint',
    'audiences cancelledReason corridor createdAt decisions description id messages name outcomes parts proposedDates readiness sharedWithCoordinators status suggestion tasks themes updatedAt version window windowVersion',
  ),
  JointPart: all(
    'joint',
    'actor campaign contribution datesConfirmed declinedReason entry id jointCampaign languages lead mine missing place required role sharesWithCoordinators status version',
  ),
  MissingPiece: all('joint', 'code remedy values'),
  CountryReadiness: all('joint', 'missing place ready'),
  JointTask: all('joint', 'dueOn id part phase required status template title updatedAt version'),
  JointMessage: all(
    'joint',
    'id language part perspective reviewNote reviewedAt reviewedBy source stale status text updatedAt validTo version',
  ),
  ProposedDates: all('joint', 'days madeAt part reason'),
  JointDecision: all('joint', 'at code number parameters part'),
  DecisionParameter: all('joint', 'name values'),
  JointOutcome: all(
    'joint',
    'achieved evidence iConsent id jointCampaign learnt owner publishable reachMethod reached recordedAt updatedAt version',
  ),
  Notification: all('matching', 'createdAt id kind readAt sentence subject'),
  NotificationPreferences: all('people', 'digest kinds language mailTo version weekday'),
  DigestRecipient: all('people', 'contactId state'),
  CalendarFeed: all('people', 'corridors countries createdAt id label mine observances revokedAt themes'),
  CalendarSubscription: all(
    'people',
    'campaign createdAt events failures id lastError lastFetchedAt nextAt refused state url waiting',
  ),
  RefusedEvent: all('people', 'name reason uid'),
  HubHealth: all('people', 'auditSealedAt auditUnsealed databaseBytes outboxLagSeconds outboxPending queues workers'),
  QueueHealth: all('people', 'active delayed failed name waiting'),
  FailedJob: all('people', 'addedAt asked attempts failedAt id queue reason'),
  Webhook: all('people', 'createdAt id kinds lastDelivery state url'),
  WebhookDelivery: all('people', 'attempts id kind lastAttemptAt lastResult occurredAt state'),
  ImportRun: all(
    'imported',
    'appliedAt bytes counts country createdAt digest failure fileName format id items mapping matches period progress rolledBackAt state version vouch',
  ),
  ImportProgress: all('imported', 'done total'),
  ImportCounts: all('imported', 'changed created distinct merged records refused registered rows unchanged'),
  ImportPeriod: all('imported', 'end start'),
  ImportMatch: all('imported', 'actor candidates name'),
  ImportCandidate: all('imported', 'actor confidence'),
  ImportItem: all('imported', 'changedFields id name outcome record remarks rows undone undoneBecause'),
  ImportRemark: all('imported', 'column reason row severity suggestion value'),
  MessageFact: all('stated', 'kind normalized subject value'),
  CampaignWarning: all('matching', 'code message other parameters text'),
  WarningParameter: all('matching', 'name values'),
  Divergence: all('matching', 'audiences kinds'),
  Ranking: all('matching', 'agreed dismissed factor since version'),
  Matrix: all('counted', 'cells columns rows total unplaced'),
  MatrixCell: { ...COUNTS, ...all('counted', 'column filter owners row') },
  MatrixCellFilter: all('counted', 'audiences between channels corridors countries languages ownerKinds owners themes'),
  MatrixCounts: COUNTS,
  MatrixHeading: { ...COUNTS, ...all('counted', 'code label') },
  CoverageCell: { ...COUNTS, ...all('counted', 'days quarter term'), others: 'matching' },
  CorridorBrief: all('counted', 'asOf corridor sections text title'),
  BriefSection: all('counted', 'figures heading text topic'),
  BriefFigure: all('counted', 'label value'),
  Guidance: all('matching', 'because reasons section'),
  GuidanceReason: all('matching', 'code values'),
  Contact: all('people', 'email id name phone purpose role shared updatedAt version'),
  ApiKey: all('people', 'actor createdAt expiresAt id label lastUsedOn revokedAt role scopes'),
  Membership: all('people', 'actor createdAt id issuer label revokedAt role subject suspendedAt'),
  RecordPreview: all('people', 'seen'),
  SeenRecord: all('people', 'description footprint name'),
  ReasonParameter: all('matching', 'name values'),
};

/** What everybody with a key may read, because nobody registered it: code lists, the library of guidance, and who is asking. */
const OPEN = new Set([
  ...['Quarter', 'Term', 'Place', 'Corridor', 'Leg', 'Season', 'Viewer', 'HubStatus', 'HubCounts'],
  ...['GuidanceSection', 'GuidanceVersion'],
]);
/** What only a mutation answers, to whoever made it. */
const ONCE = new Set(['IssuedApiKey', 'ErasedContact', 'MarkedRead', 'RegisteredWebhook', 'IssuedCalendarFeed']);
/** The frame around records: pages, problems, the operations themselves. */
const FRAME = /(Connection|Edge)$|^(PageInfo|InputIssue|Query|Mutation|Subscription)$/;

export function readSchema(): GraphQLSchema {
  return buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
}

function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) &&
      !type.name.startsWith('__') &&
      !OPEN.has(type.name) &&
      !ONCE.has(type.name) &&
      !FRAME.test(type.name) &&
      !type.getInterfaces().some(({ name }) => name === 'Problem'),
  );
}

/** `Type.field` of the schema that the table says nothing about, and of the table that the schema does not have. */
export function untoldFields(schema: GraphQLSchema): string[] {
  const inSchema = objectTypes(schema).flatMap((type) =>
    Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
  );
  const inTable = Object.entries(FIELDS).flatMap(([type, fields]) =>
    Object.keys(fields).map((field) => `${type}.${field}`),
  );
  return [
    ...inSchema.filter((field) => !inTable.includes(field)).map((field) => `${field}: no entry in the matrix`),
    ...inTable.filter((field) => !inSchema.includes(field)).map((field) => `${field}: not in the schema`),
  ];
}

/** Selects every field of a type by its rule: rows by id, code lists by code, parts in full. */
export function selectionOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type`);
  const fields = type.getFields();
  return Object.entries(FIELDS[typeName] ?? {})
    .flatMap(([name, rule]) => {
      const field = fields[name];
      if (!field || rule === 'matching' || rule === 'people' || rule === 'names') return [];
      const named = getNamedType(field.type);
      if (rule === 'records') return [`${name}(first: 20) { nodes { id } }`];
      if (rule === 'actor' || rule === 'record') return [`${name} { id }`];
      if (rule === 'parts') return [`${name} { ${selectionOf(schema, named.name)} }`];
      return [isLeafType(named) ? name : `${name} { code }`];
    })
    .join(' ');
}

/** The type of the parts in a field. */
export function partType(schema: GraphQLSchema, typeName: string, field: string): string {
  const type = schema.getType(typeName);
  const found = isObjectType(type) ? type.getFields()[field] : undefined;
  if (!found) throw new Error(`${typeName}.${field} is no field`);
  return getNamedType(found.type).name;
}
