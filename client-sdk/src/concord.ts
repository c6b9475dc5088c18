import { Actors } from './actors.ts';
import { CaseStudies } from './case-studies.ts';
import { Insights } from './insights.ts';
import { Commitments } from './commitments.ts';
import { Interests } from './interests.ts';
import { Observances } from './observances.ts';
import { Contacts } from './contacts.ts';
import { Shares } from './shares.ts';
import { Notifications } from './notifications.ts';
import { Webhooks } from './webhooks.ts';
import { ApiKeys } from './api-keys.ts';
import { Memberships } from './memberships.ts';
import { Calendar } from './calendar.ts';
import type { CallOptions, Calls } from './calls.ts';
import { Campaigns } from './campaigns.ts';
import { connect, type ConnectOptions } from './connect.ts';
import type { TypedDocument } from './document.ts';
import { Feeds } from './feeds.ts';
import { Exports } from './exports.ts';
import * as documents from './generated.ts';
import { GuidanceLibrary } from './guidance.ts';
import { JointCampaigns } from './joint-campaigns.ts';
import { Imports } from './imports.ts';
import { isMutation } from './operation-kind.ts';
import { Outbox } from './outbox.ts';
import { memoryStorage, type OutboxStorage } from './outbox-storage.ts';
import { Overlaps } from './overlaps.ts';
import { type ListOptions, Pages } from './pages.ts';
import { Programmes } from './programmes.ts';
import type {
  Corridor,
  CorridorBrief,
  CoverageCell,
  DateProposal,
  Gap,
  HubStatus,
  Matrix,
  OverlapPreview,
  PresenceCell,
  RecordPreview,
  Term,
  Viewer,
} from './records.ts';
import { Suggestions } from './suggestions.ts';

/** How to reach a hub, and where to keep what waits for it. */
export interface ConcordOptions extends ConnectOptions {
  /** Where `hub.outbox` keeps what waits for the line. Default: in memory. */
  readonly outbox?: OutboxStorage | undefined;
}

/** How far to look for what a footprint would overlap with. */
export interface PreviewOptions extends CallOptions {
  /** How many, 1 to 100. Default 20. */
  readonly first?: number | undefined;
  /** Whose it would be. Default: the actor you act for; only coordinators may name another. */
  readonly owner?: string | undefined;
  /** The programme it would be in, and inherit from. */
  readonly programme?: string | undefined;
}

/** How to tell coverage. */
export interface CoverageOptions extends CallOptions {
  /** Default: by audience. */
  readonly by?: documents.CoverageFacet | undefined;
  /** How many, the present one included. Default 4. */
  readonly quarters?: number | undefined;
}

/** What to count. */
export interface MatrixOptions extends CallOptions {
  /** Days, and what else. Default: everything; months and quarters need days. */
  readonly filter?: documents.CalendarFilter | undefined;
}

/**
 * A hub.
 *
 * @example
 * const hub = new Concord({ url: 'http://127.0.0.1:4000', apiKey: 'ccd_…' });
 * for await (const suggestion of hub.suggestions.list()) console.log(suggestion.title);
 */
export class Concord {
  readonly actors: Actors;
  readonly programmes: Programmes;
  readonly campaigns: Campaigns;
  readonly calendar: Calendar;
  readonly feeds: Feeds;
  readonly overlaps: Overlaps;
  readonly suggestions: Suggestions;
  readonly jointCampaigns: JointCampaigns;
  readonly guidance: GuidanceLibrary;
  readonly caseStudies: CaseStudies;
  readonly insights: Insights;
  readonly commitments: Commitments;
  readonly interests: Interests;
  readonly observances: Observances;
  readonly contacts: Contacts;
  readonly shares: Shares;
  readonly notifications: Notifications;
  readonly webhooks: Webhooks;
  readonly apiKeys: ApiKeys;
  readonly memberships: Memberships;
  readonly imports: Imports;
  /** Whole lists as files. */
  readonly exports: Exports;
  /** What people write while the hub cannot be reached. */
  readonly outbox: Outbox;
  private readonly calls: Calls;

  constructor({ outbox = memoryStorage(), ...access }: ConcordOptions) {
    this.calls = connect(access);
    this.actors = new Actors(this.calls);
    this.programmes = new Programmes(this.calls);
    this.campaigns = new Campaigns(this.calls);
    this.calendar = new Calendar(this.calls);
    this.feeds = new Feeds(this.calls);
    this.overlaps = new Overlaps(this.calls);
    this.suggestions = new Suggestions(this.calls);
    this.jointCampaigns = new JointCampaigns(this.calls);
    this.guidance = new GuidanceLibrary(this.calls);
    this.caseStudies = new CaseStudies(this.calls);
    this.insights = new Insights(this.calls);
    this.commitments = new Commitments(this.calls);
    this.interests = new Interests(this.calls);
    this.observances = new Observances(this.calls);
    this.contacts = new Contacts(this.calls);
    this.shares = new Shares(this.calls);
    this.notifications = new Notifications(this.calls);
    this.webhooks = new Webhooks(this.calls);
    this.apiKeys = new ApiKeys(this.calls);
    this.memberships = new Memberships(this.calls);
    this.imports = new Imports(this.calls);
    this.exports = new Exports(this.calls);
    this.outbox = new Outbox(this.calls, outbox);
  }

  /** Versions, and how much there is as far as you may see it; for coordinators, how the queue is doing. */
  async status(options?: CallOptions): Promise<HubStatus> {
    return (await this.calls.read(documents.Status, {}, options)).hub;
  }

  /** Who is asking, and for whom. */
  async viewer(options?: CallOptions): Promise<Viewer> {
    return (await this.calls.read(documents.Viewer, {}, options)).viewer;
  }

  /**
   * What a footprint would overlap with, the strongest first. Nothing is written; without days there is nothing.
   * @throws {ConcordProtocolError}
   */
  async preview(
    footprint: documents.FootprintInput,
    { first = 20, owner, programme, ...options }: PreviewOptions = {},
  ): Promise<readonly OverlapPreview[]> {
    const input = { footprint, owner: owner ?? null, programme: programme ?? null };
    return (await this.calls.read(documents.PreviewOverlaps, { input, first }, options)).result;
  }

  /** Windows for something of your own, or for a footprint not yet registered, the best first. @throws {ConcordProtocolError} */
  async proposeDates(input: documents.ProposeDatesInput, options?: CallOptions): Promise<readonly DateProposal[]> {
    return (await this.calls.read(documents.ProposeDates, { input }, options)).result;
  }

  /** What people need to know and nobody tells them, on a corridor or in a country; the most needed first. */
  gaps(filter: documents.GapFilter, options: Omit<ListOptions<never>, 'filter' | 'orderBy'> = {}): Pages<Gap> {
    const { first = 20 } = options;
    return Pages.of(this.calls, documents.ListGaps, { first, filter }, options);
  }

  /** Who does what where: what you may read, counted by two axes, at most 300 by 300. @throws {ConcordProtocolError} */
  async whoDoesWhatWhere(
    rows: documents.MatrixAxis,
    columns: documents.MatrixAxis,
    { filter, ...options }: MatrixOptions = {},
  ): Promise<Matrix> {
    return (await this.calls.read(documents.WhoDoesWhatWhere, { rows, columns, filter: filter ?? null }, options))
      .result;
  }

  /**
   * What is done on a corridor or in a country, quarter by quarter from the present one. What is not in the answer is covered by
   * nobody whom you could know of. @throws {ConcordProtocolError}
   */
  async coverage(
    where: { readonly corridor: string } | { readonly country: string },
    { by = 'AUDIENCE', quarters = 4, ...options }: CoverageOptions = {},
  ): Promise<readonly CoverageCell[]> {
    return (await this.calls.read(documents.Coverage, { ...where, by, quarters }, options)).result;
  }

  /**
   * Where and when at least three other verified actors work, whoever they are, from the present quarter to the eleventh after it.
   * Default: on all corridors. @throws {ConcordProtocolError}
   */
  async presence(corridors?: readonly string[], options?: CallOptions): Promise<readonly PresenceCell[]> {
    return (await this.calls.read(documents.Presence, { corridors: corridors ?? null }, options)).result;
  }

  /** How somebody else sees a record of your actor; `seen` null: for them it does not exist. Null: it is not your actor's. */
  async previewAs(id: string, as: documents.PreviewAsInput, options?: CallOptions): Promise<RecordPreview | null> {
    return (await this.calls.read(documents.PreviewAs, { id, as }, options)).result;
  }

  /** What is known of a corridor and planned on it for the coming year, in Markdown. @throws {ConcordProtocolError} */
  async brief(corridor: string, options?: CallOptions): Promise<CorridorBrief> {
    return (await this.calls.read(documents.CorridorBrief, { code: corridor }, options)).result;
  }

  /** The migration routes the hub knows, by code. */
  async corridors(options?: CallOptions): Promise<readonly Corridor[]> {
    return (await this.calls.read(documents.Corridors, {}, options)).corridors;
  }

  /** All codes of a taxonomy that are in use, in its own order. */
  async taxonomy(kind: documents.TaxonomyKind, options?: CallOptions): Promise<readonly Term[]> {
    return (await this.calls.read(documents.Taxonomy, { kind }, options)).taxonomy;
  }

  /**
   * Sends an operation of your own. Queries are repeated on bad networks; a mutation only when its `input` carries a
   * `clientMutationKey`. @throws {ConcordTransportError}, {ConcordProtocolError}
   */
  query<Result = Record<string, unknown>, Variables = Record<string, unknown>>(
    document: TypedDocument<Result, Variables>,
    ...[variables, options]: ArgumentsOf<Variables>
  ): Promise<Result> {
    const given = (variables ?? {}) as Variables;
    const isHarmless = !isMutation(document.toString()) || hasKey(given);
    return isHarmless ? this.calls.read(document, given, options) : this.calls.once(document, given, options);
  }
}

/** Variables may be left out where none is required. */
type ArgumentsOf<Variables> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: CallOptions]
    : [variables: Variables, options?: CallOptions];

function hasKey(variables: unknown): boolean {
  const { input } = variables as { input?: { clientMutationKey?: unknown } };
  return typeof input?.clientMutationKey === 'string';
}
