import { LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { z } from 'zod';
import { record, recordEach } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import { chargeWrite } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayEdit, type Viewer } from '../access/viewer.ts';
import { Campaign } from '../campaigns/campaign.entity.ts';
import { dateByEntries } from '../footprints/footprint-inheritance.ts';
import { announce } from '../footprints/announce.ts';
import {
  type Entered,
  type EnteredHolder,
  type Entering,
  type PartToEnter,
  enterFit,
  enterHolders,
} from '../footprints/enter-holders.ts';
import { asParent, keepExactPlaces, statedExactly } from '../footprints/exact-place.rows.ts';
import { refuseAccessBy, replaceAccess } from '../footprints/holder.access.ts';
import { holdAbove } from '../footprints/hold.ts';
import type { Target } from '../footprints/holder.input.ts';
import {
  changeHolder,
  checkFootprint,
  chooseOwner,
  describeHolder,
  redescribeHolder,
  refuseStranger,
  refuseTakenIdentifier,
} from '../footprints/holder.rules.ts';
import { placeAnew, placeHolder } from '../footprints/place-holder.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { CalendarEntry } from './calendar-entry.entity.ts';
import { addCalendarEntryInput, cancelCalendarEntryInput, reviseCalendarEntryInput } from './calendar-entry.input.ts';
import { entryDays } from './entry-days.ts';
import { replaceMaterials } from './material.ts';
import type { Recurrence } from './recurrence-rule.ts';

/** Puts dated pieces of campaigns into the shared calendar. */
export class CalendarService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Adds an entry to a campaign. */
  add(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.addIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async addIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(addCalendarEntryInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'addCalendarEntry', key, input: fields }, async () => {
      const parent = await work.em.findOne(Campaign, { id: fields.campaign });
      if (!parent) return notFound(fields.campaign);
      const owner = await chooseOwner(work, fields.owner, parent.ownerId);
      if (owner.kind !== 'chosen') return owner;
      const { ownerId, ownerKind } = owner;
      const campaign = await holdCampaign(work, parent);
      const stranger = await refuseOutsider(work, ownerId, campaign);
      if (stranger) return stranger;
      if (campaign.cancelledAt) return conflict(`Campaign ${campaign.id} was cancelled: nothing can be added to it.`);
      const { stated, issues, vocabulary } = await checkFootprint(work, this.vocabulary, {}, fields.footprint);
      const precision = fields.precision ?? 'day';
      const days = entryDays(stated.days, fields.recurrence ?? null, precision);
      if (days.kind === 'issue') return invalid([...issues, days.issue]);
      if (issues.length > 0) return invalid(issues);
      const taken = await refuseTakenIdentifier(work, 'calendar_entry', ownerId, fields.identifier);
      if (taken) return taken;
      const above = await asParent(work, campaign);
      const { columns, exact } = placeHolder(
        { ownerId, ownerKind, stated, release: fields.release },
        above,
        vocabulary,
      );
      const probing = await chargeWrite(work, fields);
      if (probing) return probing;
      const id = work.newId('ent');
      const unknown = await replaceAccess(work, { id, ownerId }, fields);
      if (unknown) return unknown;
      const entry = work.em.create(CalendarEntry, {
        id,
        ownerId,
        campaignId: campaign.id,
        ...describeHolder(fields),
        kind: fields.kind ?? 'other',
        precision,
        status: fields.status ?? 'confirmed',
        cancelledReason: null,
        recurrence: fields.recurrence?.text ?? null,
        startsOn: days.startsOn,
        endsOn: days.endsOn,
        ...columns,
        createdAt: work.now,
        updatedAt: work.now,
      });
      await work.em.flush();
      await keepExactPlaces(work, entry, exact);
      await replaceMaterials(work, entry.id, fields.materials);
      await record(work, 'calendar-entry.added', entry.id);
      await this.settle(work, campaign.id, entry.id);
      return saved(entry.id);
    });
  }

  /**
   * Adds many in the caller's transaction, each with its owner, under the rules of `addIn`; what became of each, in the order given.
   * Not charged to the budget of looks. @param adding each in the campaign it names, or in one that was entered before it
   */
  async addManyIn(work: Work, adding: readonly PartToEnter[], rehearsal: boolean): Promise<Entered[]> {
    const above = new Map<string, EnteredHolder | Refused>();
    const candidates: ({ kind: 'fit'; fit: Added } | Refused)[] = [];
    for (const { input, within } of adding) {
      const parsed = parse(addCalendarEntryInput, input);
      candidates.push(parsed.ok ? await candidate(work, parsed.value, within ?? null, above) : invalid(parsed.issues));
    }
    const entered = await enterFit(candidates, (fit) =>
      enterHolders(work, this.vocabulary, 'calendar_entry', fit.map(toEntering), {
        action: 'calendar-entry.added',
        rehearsal,
      }),
    );
    const campaigns = new Set(candidates.flatMap((one) => (one.kind === 'fit' ? [one.fit.campaign.id] : [])));
    if (!rehearsal) for (const id of campaigns) if (await dateByEntries(work, id)) announce(work, [id]);
    return entered;
  }

  /** Changes an entry. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.reviseIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async reviseIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseCalendarEntryInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const fields = parsed.value;
    return this.change(work, fields, 'calendar-entry.revised', async (entry, campaign) => {
      const probing = await chargeWrite(work, fields);
      if (probing) return probing;
      const refused = refuseAccessBy(work, entry, fields);
      if (refused) return refused;
      const { stated, issues, vocabulary } = await checkFootprint(
        work,
        this.vocabulary,
        await statedExactly(work, entry),
        fields.footprint,
      );
      const precision = fields.precision === undefined ? entry.precision : (fields.precision ?? 'day');
      const recurrence = fields.recurrence === undefined ? stored(entry.recurrence) : fields.recurrence;
      const days = entryDays(stated.days, recurrence, precision);
      if (days.kind === 'issue') return invalid([...issues, days.issue]);
      if (issues.length > 0) return invalid(issues);
      const taken = await refuseTakenIdentifier(work, 'calendar_entry', entry.ownerId, fields.identifier, entry.id);
      if (taken) return taken;
      const unknown = await replaceAccess(work, entry, fields);
      if (unknown) return unknown;
      redescribeHolder(entry, fields);
      if (fields.kind !== undefined) entry.kind = fields.kind ?? 'other';
      if (fields.status !== undefined) entry.status = fields.status ?? 'confirmed';
      const { startsOn, endsOn } = days;
      Object.assign(entry, { precision, recurrence: recurrence?.text ?? null, startsOn, endsOn });
      const above = await asParent(work, campaign);
      await placeAnew(work, entry, { stated, release: fields.release }, above, vocabulary);
      await replaceMaterials(work, entry.id, fields.materials);
      return null;
    });
  }

  /** Calls an entry off for good. */
  cancel(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.cancelIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async cancelIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(cancelCalendarEntryInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { reason = null } = parsed.value;
    return this.change(work, parsed.value, 'calendar-entry.cancelled', (entry) => {
      Object.assign(entry, { status: 'cancelled', cancelledReason: reason });
      return Promise.resolve(null);
    });
  }

  /** Cancels what is not yet cancelled of the entries of some campaigns, in the caller's transaction. */
  async cancelInside(work: Work, campaignIds: readonly string[], reason: string | null): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      update calendar_entry set status = 'cancelled', cancelled_reason = ${reason}, version = version + 1, updated_at = ${work.now}
      where id in (select id from calendar_entry where campaign_id = any(${[...campaignIds]}) and status <> 'cancelled'
        order by id for no key update)
      returning id`.execute(work.em.getKysely());
    await recordEach(
      work,
      'calendar-entry.cancelled',
      rows.map(({ id }) => id),
    );
  }

  private async change(
    work: Work,
    target: Target,
    action: string,
    body: (entry: CalendarEntry, campaign: Campaign) => Promise<Refused | null>,
  ): Promise<Outcome> {
    const seen = await work.em.findOne(CalendarEntry, { id: target.id });
    const parent = seen && (await work.em.findOne(Campaign, { id: seen.campaignId }));
    if (!parent) return notFound(target.id);
    if (!mayEdit(work.viewer, seen.ownerId)) return forbidden('Only its owner and coordinators may change it.');
    const campaign = await holdCampaign(work, parent);
    const found = await work.em.findOne(
      CalendarEntry,
      { id: target.id },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    const outcome = await changeHolder(work, target, found, async (entry) =>
      entry.status === 'cancelled'
        ? conflict('The entry was cancelled: it does not change any more.')
        : body(entry, campaign),
    );
    if (outcome.kind !== 'saved') return outcome;
    await record(work, action, outcome.id);
    await this.settle(work, campaign.id, outcome.id);
    return outcome;
  }

  /** Refreshes the footprint of an entry, and that of its campaign when the entry moved its days. */
  private async settle(work: Work, campaignId: string, entryId: string): Promise<void> {
    const redated = await dateByEntries(work, campaignId);
    announce(work, redated ? [campaignId] : [entryId]);
  }
}

/** Locks a campaign, whose lists its entries inherit and whose days depend on them, and keeps what is above it from changing. */
async function holdCampaign(work: Work, campaign: Campaign): Promise<Campaign> {
  await holdAbove(work, { programmes: [campaign.programmeId], campaigns: [campaign.id] });
  return work.em.findOneOrFail(Campaign, { id: campaign.id }, { refresh: true });
}

/** Only the owner of a campaign adds to it, and whoever has a part in its programme. */
async function refuseOutsider(work: Work, ownerId: string, campaign: Campaign): Promise<Refused | null> {
  if (ownerId === campaign.ownerId) return null;
  if (campaign.programmeId) return refuseStranger(work, ownerId, campaign.programmeId);
  return forbidden('Only the owner of a campaign may add to it.');
}

/** One of many entries, and the campaign it is in. */
interface Added {
  readonly fields: z.infer<typeof addCalendarEntryInput>;
  readonly campaign: EnteredHolder;
}

/** One of many, in the campaign named, which is held and read once for all of them. */
async function candidate(
  work: Work,
  fields: Added['fields'],
  within: EnteredHolder | null,
  above: Map<string, EnteredHolder | Refused>,
): Promise<{ kind: 'fit'; fit: Added } | Refused> {
  const campaign = within ?? above.get(fields.campaign) ?? (await heldCampaign(work, fields.campaign));
  if (within === null) above.set(fields.campaign, campaign);
  if (campaign.kind !== 'entered') return campaign;
  if (campaign.ownerId === fields.owner) return { kind: 'fit', fit: { fields, campaign } };
  const stored = within ? null : await work.em.findOne(Campaign, { id: campaign.id });
  const stranger = stored
    ? await refuseOutsider(work, fields.owner ?? '', stored)
    : forbidden('Only the owner of a campaign may add to it.');
  return stranger ?? { kind: 'fit', fit: { fields, campaign } };
}

async function heldCampaign(work: Work, id: string): Promise<EnteredHolder | Refused> {
  const seen = await work.em.findOne(Campaign, { id });
  if (!seen) return notFound(id);
  const campaign = await holdCampaign(work, seen);
  if (campaign.cancelledAt) return conflict(`Campaign ${campaign.id} was cancelled: nothing can be added to it.`);
  return { kind: 'entered', id, ownerId: campaign.ownerId, asParent: await asParent(work, campaign) };
}

function toEntering({ fields, campaign }: Added): Entering {
  return {
    ownerId: fields.owner ?? '',
    fields,
    above: campaign.asParent,
    columns: (stated) => {
      const precision = fields.precision ?? 'day';
      const days = entryDays(stated.days, fields.recurrence ?? null, precision);
      if (days.kind === 'issue') return invalid([days.issue]);
      return {
        campaign_id: campaign.id,
        kind: fields.kind ?? 'other',
        precision,
        status: fields.status ?? 'confirmed',
        cancelled_reason: null,
        recurrence: fields.recurrence?.text ?? null,
        startsOn: days.startsOn,
        endsOn: days.endsOn,
      };
    },
  };
}

/** A rule as it was checked when it was stored. */
const stored = (text: string | null | undefined): Recurrence | null => (text ? { text } : null);
