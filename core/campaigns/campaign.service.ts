import { LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { z } from 'zod';
import { record, recordEach } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import { chargeProbe, chargeWrite } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayEdit, type Viewer } from '../access/viewer.ts';
import type { CalendarService } from '../calendar/calendar.service.ts';
import { dateByEntries, passDownFromCampaign } from '../footprints/footprint-inheritance.ts';
import { announce } from '../footprints/announce.ts';
import {
  type Entered,
  type EnteredHolder,
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
import { restate } from '../footprints/stated-footprint.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import { Programme } from '../programmes/programme.entity.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { Campaign } from './campaign.entity.ts';
import {
  cancelCampaignInput,
  planCampaignInput,
  rescheduleCampaignInput,
  reviseCampaignInput,
} from './campaign.input.ts';
import { checkParts, replaceMessages } from './campaign.parts.ts';

/** One of many campaigns, and the programme it is in. */
interface Planned {
  readonly fields: z.infer<typeof planCampaignInput>;
  readonly programme: EnteredHolder | null;
}

const refuseWork = forbidden('Only the owner of a programme and its partners may work inside it.');

/** Plans campaigns, inside programmes or on their own. */
export class CampaignService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly calendar: CalendarService,
  ) {}

  /** Plans a campaign of the viewer's actor, or of the one a coordinator names. */
  plan(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.planIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async planIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(planCampaignInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'planCampaign', key, input: fields }, async () => {
      const parent = fields.programme ? await work.em.findOne(Programme, { id: fields.programme }) : null;
      const owner = await chooseOwner(work, fields.owner, parent?.ownerId ?? null);
      if (owner.kind !== 'chosen') return owner;
      const { ownerId, ownerKind } = owner;
      await holdAbove(work, { programmes: [fields.programme] });
      const placed = await this.enterProgramme(work, fields.programme ?? null);
      if (placed.kind !== 'placed') return placed;
      const { programme } = placed;
      const stranger = await refuseStranger(work, ownerId, programme?.id ?? null);
      if (stranger) return stranger;
      const checked = await checkParts(work, this.vocabulary, fields);
      if (checked.kind !== 'fit') return checked;
      const { stated, issues, vocabulary } = await checkFootprint(work, this.vocabulary, {}, fields.footprint);
      if (issues.length > 0) return invalid(issues);
      const taken = await refuseTakenIdentifier(work, 'campaign', ownerId, fields.identifier);
      if (taken) return taken;
      const above = programme && (await asParent(work, programme));
      const { columns, exact } = placeHolder(
        { ownerId, ownerKind, stated, release: fields.release },
        above,
        vocabulary,
      );
      const probing = await chargeWrite(work, fields);
      if (probing) return probing;
      const id = work.newId('cmp');
      const unknown = await replaceAccess(work, { id, ownerId }, fields);
      if (unknown) return unknown;
      const campaign = work.em.create(Campaign, {
        id,
        ownerId,
        programmeId: programme?.id ?? null,
        ...describeHolder(fields),
        objectiveLevel: checked.parts.objectiveLevel ?? null,
        phase: checked.parts.phase ?? null,
        startsOn: stated.days?.start ?? null,
        endsOn: stated.days?.end ?? null,
        ...columns,
        cancelledAt: null,
        cancelledReason: null,
        createdAt: work.now,
        updatedAt: work.now,
      });
      await work.em.flush();
      await keepExactPlaces(work, campaign, exact);
      await replaceMessages(work, campaign.id, checked.parts.messages);
      await record(work, 'campaign.planned', campaign.id);
      announce(work, [campaign.id]);
      return saved(campaign.id);
    });
  }

  /**
   * Plans many in the caller's transaction, each with its owner, under the rules of `planIn`; what became of each, in the order
   * given. They say nothing of what campaigns alone have: objective, phase, messages. Not charged to the budget of looks.
   */
  async planManyIn(work: Work, planning: readonly PartToEnter[], rehearsal: boolean): Promise<Entered[]> {
    const above = new Map<string, EnteredHolder | Refused>();
    const candidates: ({ kind: 'fit'; fit: Planned } | Refused)[] = [];
    for (const { input, within } of planning) {
      const parsed = parse(planCampaignInput, input);
      candidates.push(
        parsed.ok ? await this.candidate(work, parsed.value, within ?? null, above) : invalid(parsed.issues),
      );
    }
    return enterFit(candidates, (fit) =>
      enterHolders(
        work,
        this.vocabulary,
        'campaign',
        fit.map(({ fields, programme }) => ({
          ownerId: fields.owner ?? '',
          fields,
          above: programme?.asParent ?? null,
          columns: () => ({ programme_id: programme?.id ?? null }),
        })),
        { action: 'campaign.planned', rehearsal },
      ),
    );
  }

  /** One of many, in the programme named, which is held and read once for all of them. */
  private async candidate(
    work: Work,
    fields: Planned['fields'],
    within: EnteredHolder | null,
    above: Map<string, EnteredHolder | Refused>,
  ): Promise<{ kind: 'fit'; fit: Planned } | Refused> {
    const id = fields.programme;
    if (within !== null || typeof id !== 'string') {
      if (within && within.ownerId !== fields.owner) return refuseWork;
      return { kind: 'fit', fit: { fields, programme: within } };
    }
    const programme = above.get(id) ?? (await this.holdProgramme(work, id));
    above.set(id, programme);
    if (programme.kind !== 'entered') return programme;
    const stranger =
      programme.ownerId === fields.owner ? null : await refuseStranger(work, fields.owner ?? '', programme.id);
    return stranger ?? { kind: 'fit', fit: { fields, programme } };
  }

  private async holdProgramme(work: Work, id: string): Promise<EnteredHolder | Refused> {
    await holdAbove(work, { programmes: [id] });
    const placed = await this.enterProgramme(work, id);
    if (placed.kind !== 'placed') return placed;
    if (placed.programme === null) return notFound(id);
    return { kind: 'entered', id, ownerId: placed.programme.ownerId, asParent: await asParent(work, placed.programme) };
  }

  /** Changes a campaign and, where it states other facets, those of its entries that do not state them themselves. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.reviseIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async reviseIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseCampaignInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const fields = parsed.value;
    return this.change(work, fields, 'campaign.revised', async (campaign) => {
      const probing = await chargeWrite(work, fields);
      if (probing) return probing;
      const refused = refuseAccessBy(work, campaign, fields);
      if (refused) return refused;
      const placed = await this.enterProgramme(
        work,
        fields.programme === undefined ? campaign.programmeId : fields.programme,
      );
      if (placed.kind !== 'placed') return placed;
      const { programme } = placed;
      const moves = (campaign.programmeId ?? null) !== (programme?.id ?? null);
      const stranger = moves ? await refuseStranger(work, campaign.ownerId, programme?.id ?? null) : null;
      if (stranger) return stranger;
      const checked = await checkParts(work, this.vocabulary, fields);
      if (checked.kind !== 'fit') return checked;
      const { stated, issues, vocabulary } = await checkFootprint(
        work,
        this.vocabulary,
        await statedExactly(work, campaign),
        fields.footprint,
      );
      if (issues.length > 0) return invalid(issues);
      const taken = await refuseTakenIdentifier(work, 'campaign', campaign.ownerId, fields.identifier, campaign.id);
      if (taken) return taken;
      const unknown = await replaceAccess(work, campaign, fields);
      if (unknown) return unknown;
      redescribeHolder(campaign, fields);
      campaign.programmeId = programme?.id ?? null;
      const { objectiveLevel, phase, messages } = checked.parts;
      if (objectiveLevel !== undefined) campaign.objectiveLevel = objectiveLevel;
      if (phase !== undefined) campaign.phase = phase;
      const above = programme && (await asParent(work, programme));
      const toParts = await placeAnew(work, campaign, { stated, release: fields.release }, above, vocabulary);
      if (stated.days) Object.assign(campaign, { startsOn: stated.days.start, endsOn: stated.days.end });
      await replaceMessages(work, campaign.id, messages);
      await passDownFromCampaign(work, campaign.id, toParts, vocabulary);
      return null;
    });
  }

  /** Moves a campaign to other days; without any it takes the span of its entries. The entries stay where they are. */
  reschedule(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(rescheduleCampaignInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { days } = parsed.value;
    return this.unitOfWork.run(viewer, (work) =>
      this.change(work, parsed.value, 'campaign.rescheduled', async (campaign) => {
        const probing = await chargeProbe(work);
        if (probing) return probing;
        const stated = restate(campaign.stated, { days });
        campaign.stated = stated;
        if (stated.days) Object.assign(campaign, { startsOn: stated.days.start, endsOn: stated.days.end });
        return null;
      }),
    );
  }

  /** Calls a campaign off for good, with all its entries. */
  cancel(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.cancelIn(work, input));
  }

  /** The same inside a caller's transaction, for imports. */
  cancelIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(cancelCampaignInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { reason = null } = parsed.value;
    return this.change(work, parsed.value, 'campaign.cancelled', async (campaign) => {
      Object.assign(campaign, { cancelledAt: work.now, cancelledReason: reason });
      await this.calendar.cancelInside(work, [campaign.id], reason);
      return null;
    });
  }

  /** Cancels what is not yet cancelled of the campaigns of a programme, in the caller's transaction. */
  async cancelInside(work: Work, programmeId: string, reason: string): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      update campaign set cancelled_at = ${work.now}, cancelled_reason = ${reason}, version = version + 1, updated_at = ${work.now}
      where id in (select id from campaign where programme_id = ${programmeId} and cancelled_at is null order by id for no key update)
      returning id`.execute(work.em.getKysely());
    const ids = rows.map(({ id }) => id);
    await recordEach(work, 'campaign.cancelled', ids);
    await this.calendar.cancelInside(work, ids, reason);
  }

  /** The programme, held already, that a campaign is or comes to be in. */
  private async enterProgramme(
    work: Work,
    id: string | null | undefined,
  ): Promise<{ readonly kind: 'placed'; readonly programme: Programme | null } | Refused> {
    if (id === null || id === undefined) return { kind: 'placed', programme: null };
    const programme = await work.em.findOne(Programme, { id }, { refresh: true });
    if (!programme) return notFound(id);
    if (programme.withdrawnAt) return conflict(`Programme ${id} was withdrawn: nothing can be planned inside it.`);
    return { kind: 'placed', programme };
  }

  private async change(
    work: Work,
    target: Target & { readonly programme?: string | null | undefined },
    action: string,
    body: (campaign: Campaign) => Promise<Refused | null>,
  ): Promise<Outcome> {
    const seen = await work.em.findOne(Campaign, { id: target.id });
    if (!seen) return notFound(target.id);
    if (!mayEdit(work.viewer, seen.ownerId)) return forbidden('Only its owner and coordinators may change it.');
    await holdAbove(work, { programmes: [seen.programmeId, target.programme] });
    const found = await work.em.findOne(
      Campaign,
      { id: target.id },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    const outcome = await changeHolder(work, target, found, async (campaign) =>
      campaign.cancelledAt ? conflict('The campaign was cancelled: it does not change any more.') : body(campaign),
    );
    if (outcome.kind !== 'saved') return outcome;
    if (action !== 'campaign.cancelled') await dateByEntries(work, outcome.id);
    await record(work, action, outcome.id);
    announce(work, [outcome.id]);
    return outcome;
  }
}
