import { Actors } from './actors.ts';
import { Calendar } from './calendar.ts';
import { type CallOptions, Calls } from './calls.ts';
import { Campaigns } from './campaigns.ts';
import type { TypedDocument } from './document.ts';
import { Exports } from './exports.ts';
import * as documents from './generated.ts';
import { GuidanceLibrary } from './guidance.ts';
import { JointCampaigns } from './joint-campaigns.ts';
import { isMutation } from './operation-kind.ts';
import { Outbox } from './outbox.ts';
import { memoryStorage, type OutboxStorage } from './outbox-storage.ts';
import { Overlaps } from './overlaps.ts';
import { type ListOptions, Pages } from './pages.ts';
import { Programmes } from './programmes.ts';
import type { Corridor, CorridorBrief, DateProposal, Gap, OverlapPreview, Term, Viewer } from './records.ts';
import { Suggestions } from './suggestions.ts';
import { platformSurroundings } from './surroundings.ts';

/** How to reach a hub, and how patiently. */
export interface ConcordOptions {
  /** Of the hub, such as `https://hub.example.org`, without `/graphql`. */
  readonly url: string;
  /** A key (`ccd_…`), or a token of the issuer the hub trusts. */
  readonly apiKey: string;
  /** For whom to act, where the person has several memberships: the id of an actor. */
  readonly actor?: string | undefined;
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch | undefined;
  /** How long one attempt may take. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** How often a call that is harmless to repeat is repeated when the network fails. Default 5; 0 never. */
  readonly retries?: number | undefined;
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
  readonly overlaps: Overlaps;
  readonly suggestions: Suggestions;
  readonly jointCampaigns: JointCampaigns;
  readonly guidance: GuidanceLibrary;
  /** Whole lists as files. */
  readonly exports: Exports;
  /** What people write while the hub cannot be reached. */
  readonly outbox: Outbox;
  private readonly calls: Calls;
  private actorOfKey: Promise<string | null> | undefined;

  constructor({ timeoutMs = 30_000, retries = 5, fetch, outbox = memoryStorage(), ...access }: ConcordOptions) {
    this.calls = new Calls({ ...access, timeoutMs, retries }, platformSurroundings(fetch));
    this.actors = new Actors(this.calls);
    this.programmes = new Programmes(this.calls, () => this.actorOfViewer());
    this.campaigns = new Campaigns(this.calls);
    this.calendar = new Calendar(this.calls);
    this.overlaps = new Overlaps(this.calls);
    this.suggestions = new Suggestions(this.calls);
    this.jointCampaigns = new JointCampaigns(this.calls);
    this.guidance = new GuidanceLibrary(this.calls);
    this.exports = new Exports(this.calls);
    this.outbox = new Outbox(this.calls, outbox);
  }

  /** Who is asking, and for whom. */
  async viewer(options?: CallOptions): Promise<Viewer> {
    return (await this.calls.read(documents.Viewer, {}, options)).viewer;
  }

  /** What a footprint would overlap with, the strongest first. Nothing is written; without days there is nothing. @throws {ConcordProtocolError} */
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

  /** Asked once: a key does not change whom it acts for. */
  private actorOfViewer(): Promise<string | null> {
    this.actorOfKey ??= this.viewer()
      .then(({ actor }) => actor?.id ?? null)
      .catch((error: unknown) => {
        this.actorOfKey = undefined;
        throw error;
      });
    return this.actorOfKey;
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
