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
 * - `matching`: what follows from two records or more, proved where overlaps and suggestions are (`sides.ts`); why guidance is given,
 *   by non-interference alone.
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
  | 'matching';

type Rules = Readonly<Record<string, Rule>>;

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
  },
  CalendarEntry: {
    ...HOLDER,
    campaign: 'record',
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
  Mechanism: { channel: 'stated', description: 'stated', howToUse: 'stated', name: 'stated' },
  ProgrammePartner: { actor: 'actor', role: 'stated' },
  Message: {
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
  Commitment: { amount: 'stated', currency: 'stated', description: 'stated', kind: 'stated', source: 'stated' },
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
  VettingDecision: { decidedAt: 'stated', decision: 'stated', evidence: 'stated', validUntil: 'stated' },
  Release: { matching: 'stated', placePrecision: 'stated', visibility: 'stated' },
  Identifier: { scheme: 'stated', value: 'stated' },
  LocalizedText: { language: 'stated', text: 'stated' },
  DayRange: { days: 'stated', end: 'stated', start: 'stated' },
  Overlap: {
    id: 'matching',
    kind: 'matching',
    score: 'matching',
    confidence: 'matching',
    strength: 'matching',
    days: 'matching',
    shared: 'matching',
    parts: 'matching',
    explanation: 'matching',
    tentative: 'matching',
    contradiction: 'matching',
    sides: 'matching',
    foundAt: 'matching',
  },
  OverlapSide: { actor: 'matching', subject: 'matching', disclosure: 'matching', mine: 'matching' },
  OverlapPreview: {
    kind: 'matching',
    score: 'matching',
    confidence: 'matching',
    strength: 'matching',
    days: 'matching',
    shared: 'matching',
    parts: 'matching',
    explanation: 'matching',
    tentative: 'matching',
    other: 'matching',
  },
  Contradiction: { audiences: 'matching', deterring: 'matching', protecting: 'matching' },
  ScorePart: { facet: 'matching', similarity: 'matching', stated: 'matching', weight: 'matching' },
  Suggestion: {
    audiences: 'matching',
    corridor: 'matching',
    countries: 'matching',
    createdAt: 'matching',
    dismissedReason: 'matching',
    explanation: 'matching',
    id: 'matching',
    kind: 'matching',
    missing: 'matching',
    overlaps: 'matching',
    participants: 'matching',
    reasons: 'matching',
    score: 'matching',
    status: 'matching',
    themes: 'matching',
    title: 'matching',
    updatedAt: 'matching',
    version: 'matching',
    window: 'matching',
    myAnswer: 'matching',
  },
  Answer: { choice: 'matching', givenAt: 'matching', version: 'matching' },
  SuggestedParticipant: {
    actor: 'matching',
    disclosure: 'matching',
    lead: 'matching',
    place: 'matching',
    position: 'matching',
    role: 'matching',
    subject: 'matching',
  },
  // Each by its own subject: tests/api/notifications.test.ts.
  Notification: {
    createdAt: 'matching',
    id: 'matching',
    kind: 'matching',
    readAt: 'matching',
    sentence: 'matching',
    subject: 'matching',
  },
  PresenceCell: { corridor: 'matching', days: 'matching', quarter: 'matching' },
  Missing: { channels: 'matching', countries: 'matching', languages: 'matching', roles: 'matching' },
  Reason: { code: 'matching', parameters: 'matching' },
  Guidance: { because: 'matching', reasons: 'matching', section: 'matching' },
  GuidanceReason: { code: 'matching', values: 'matching' },
  Contact: {
    email: 'people',
    id: 'people',
    name: 'people',
    phone: 'people',
    purpose: 'people',
    role: 'people',
    shared: 'people',
    updatedAt: 'people',
    version: 'people',
  },
  ApiKey: {
    actor: 'people',
    createdAt: 'people',
    expiresAt: 'people',
    id: 'people',
    label: 'people',
    lastUsedOn: 'people',
    revokedAt: 'people',
    role: 'people',
    scopes: 'people',
  },
  Membership: {
    actor: 'people',
    createdAt: 'people',
    id: 'people',
    issuer: 'people',
    label: 'people',
    revokedAt: 'people',
    role: 'people',
    subject: 'people',
    suspendedAt: 'people',
  },
  // How an actor is told outside of the hub: tests/workers/digests.test.ts, tests/workers/webhooks.test.ts.
  NotificationPreferences: {
    digest: 'people',
    kinds: 'people',
    language: 'people',
    mailTo: 'people',
    version: 'people',
    weekday: 'people',
  },
  DigestRecipient: { contactId: 'people', state: 'people' },
  Webhook: {
    createdAt: 'people',
    id: 'people',
    kinds: 'people',
    lastDelivery: 'people',
    state: 'people',
    url: 'people',
  },
  WebhookDelivery: {
    attempts: 'people',
    id: 'people',
    kind: 'people',
    lastAttemptAt: 'people',
    lastResult: 'people',
    occurredAt: 'people',
    state: 'people',
  },
  RecordPreview: { seen: 'people' },
  SeenRecord: { description: 'people', footprint: 'people', name: 'people' },
  ReasonParameter: { name: 'matching', values: 'matching' },
};

/** What everybody with a key may read, because nobody registered it: code lists, the library of guidance, and who is asking. */
const OPEN = new Set([
  ...['Quarter', 'Term', 'Place', 'Corridor', 'Leg', 'Season', 'Viewer', 'HubStatus', 'HubCounts'],
  ...['GuidanceSection', 'GuidanceVersion'],
]);
/** What only a mutation answers, to whoever made it. */
const ONCE = new Set(['IssuedApiKey', 'ErasedContact', 'MarkedRead', 'RegisteredWebhook']);
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
      if (!field || rule === 'matching' || rule === 'people') return [];
      const named = getNamedType(field.type);
      if (rule === 'records') return [`${name}(first: 100) { nodes { id } }`];
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
