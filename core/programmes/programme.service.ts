import { LockMode } from '@mikro-orm/postgresql';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import { chargeWrite } from '../access/probe-budget.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { mayEdit, type Viewer } from '../access/viewer.ts';
import type { CampaignService } from '../campaigns/campaign.service.ts';
import { passDownFromProgramme } from '../footprints/footprint-inheritance.ts';
import { announce } from '../footprints/announce.ts';
import { type Entered, enterFit, enterHolders } from '../footprints/enter-holders.ts';
import { keepExactPlaces, statedExactly } from '../footprints/exact-place.rows.ts';
import { refuseAccessBy, replaceAccess } from '../footprints/holder.access.ts';
import type { Target } from '../footprints/holder.input.ts';
import {
  changeHolder,
  checkFootprint,
  chooseOwner,
  describeHolder,
  redescribeHolder,
  refuseTakenIdentifier,
} from '../footprints/holder.rules.ts';
import { placeAnew, placeHolder } from '../footprints/place-holder.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { Programme } from './programme.entity.ts';
import { registerProgrammeInput, reviseProgrammeInput, withdrawProgrammeInput } from './programme.input.ts';
import { checkParts, insertPartners, missingPartners, replaceParts } from './programme.parts.ts';

/** Registers programmes and passes what they state down to their campaigns. */
export class ProgrammeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly campaigns: CampaignService,
  ) {}

  /** Registers a programme of the viewer's actor, or of the one a coordinator names. */
  register(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.registerIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async registerIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(registerProgrammeInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    return once(work, { operation: 'registerProgramme', key, input: fields }, async () => {
      const owner = await chooseOwner(work, fields.owner, null);
      if (owner.kind !== 'chosen') return owner;
      const { ownerId, ownerKind } = owner;
      const checked = await checkParts(work, this.vocabulary, fields);
      if (checked.kind !== 'fit') return checked;
      const { stated, issues, vocabulary } = await checkFootprint(work, this.vocabulary, {}, fields.footprint);
      if (issues.length > 0) return invalid(issues);
      const taken = await refuseTakenIdentifier(work, 'programme', ownerId, fields.identifier);
      if (taken) return taken;
      const { columns, exact } = placeHolder({ ownerId, ownerKind, stated, release: fields.release }, null, vocabulary);
      const probing = await chargeWrite(work, fields);
      if (probing) return probing;
      const id = work.newId('prg');
      const unknown = await replaceAccess(work, { id, ownerId }, fields);
      if (unknown) return unknown;
      const programme = work.em.create(Programme, {
        id,
        ownerId,
        ...describeHolder(fields),
        startsOn: stated.days?.start ?? null,
        endsOn: stated.days?.end ?? null,
        ...columns,
        withdrawnAt: null,
        withdrawnReason: null,
        createdAt: work.now,
        updatedAt: work.now,
      });
      await work.em.flush();
      await keepExactPlaces(work, programme, exact);
      await replaceParts(work, programme, checked.parts);
      await record(work, 'programme.registered', programme.id);
      announce(work, [programme.id]);
      return saved(programme.id);
    });
  }

  /**
   * Registers many in the caller's transaction, each with its owner, under the rules of `registerIn`; what became of each, in the
   * order given. Not charged to the budget of looks.
   * @param rehearsal checks everything and registers none
   */
  async registerManyIn(work: Work, inputs: readonly unknown[], rehearsal: boolean): Promise<Entered[]> {
    const parsed = inputs.map((input) => parse(registerProgrammeInput, input));
    const missing = await missingPartners(
      work,
      parsed.flatMap((one) => (one.ok ? (one.value.partners ?? []) : [])).map(({ actor }) => actor),
    );
    const candidates = parsed.map((one) => {
      if (!one.ok) return invalid(one.issues);
      const stranger = one.value.partners?.find(({ actor }) => missing.has(actor));
      return stranger ? notFound(stranger.actor) : { kind: 'fit' as const, fit: one.value };
    });
    return enterFit(candidates, async (fit) => {
      const entered = await enterHolders(
        work,
        this.vocabulary,
        'programme',
        fit.map((fields) => ({ ownerId: fields.owner ?? '', fields, above: null, columns: () => ({}) })),
        { action: 'programme.registered', rehearsal },
      );
      const partners = entered.flatMap((one, index) =>
        one.kind === 'entered'
          ? (fit[index]?.partners ?? []).map((partner) => ({ programme: one.id, ...partner }))
          : [],
      );
      if (!rehearsal) await insertPartners(work, partners);
      return entered;
    });
  }

  /** Changes a programme and, where it states other facets, everything below that does not state them itself. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.reviseIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async reviseIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseProgrammeInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const fields = parsed.value;
    return this.change(work, fields, 'programme.revised', async (programme) => {
      const probing = await chargeWrite(work, fields);
      if (probing) return probing;
      const refused = refuseAccessBy(work, programme, fields);
      if (refused) return refused;
      const checked = await checkParts(work, this.vocabulary, fields);
      if (checked.kind !== 'fit') return checked;
      const { stated, issues, vocabulary } = await checkFootprint(
        work,
        this.vocabulary,
        await statedExactly(work, programme),
        fields.footprint,
      );
      if (issues.length > 0) return invalid(issues);
      const taken = await refuseTakenIdentifier(work, 'programme', programme.ownerId, fields.identifier, programme.id);
      if (taken) return taken;
      const unknown = await replaceAccess(work, programme, fields);
      if (unknown) return unknown;
      redescribeHolder(programme, fields);
      Object.assign(programme, { startsOn: stated.days?.start ?? null, endsOn: stated.days?.end ?? null });
      const toParts = await placeAnew(work, programme, { stated, release: fields.release }, null, vocabulary);
      await replaceParts(work, programme, checked.parts);
      await passDownFromProgramme(work, programme.id, toParts, vocabulary);
      return null;
    });
  }

  /** Takes a programme back for good, and cancels the campaigns inside it. Nothing of it matches any more. */
  withdraw(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.withdrawIn(work, input));
  }

  /** The same inside a caller's transaction, for loads. */
  async withdrawIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(withdrawProgrammeInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { reason = null } = parsed.value;
    return this.change(work, parsed.value, 'programme.withdrawn', async (programme) => {
      Object.assign(programme, { withdrawnAt: work.now, withdrawnReason: reason });
      const because = 'The programme it was part of was withdrawn.';
      await this.campaigns.cancelInside(work, programme.id, reason === null ? because : `${because} ${reason}`);
      return null;
    });
  }

  private async change(
    work: Work,
    target: Target,
    action: string,
    body: (programme: Programme) => Promise<Refused | null>,
  ): Promise<Outcome> {
    const seen = await work.em.findOne(Programme, { id: target.id });
    if (!seen) return notFound(target.id);
    if (!mayEdit(work.viewer, seen.ownerId)) return forbidden('Only its owner and coordinators may change it.');
    const found = await work.em.findOne(
      Programme,
      { id: target.id },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    const outcome = await changeHolder(work, target, found, async (programme) =>
      programme.withdrawnAt ? conflict('The programme was withdrawn: it does not change any more.') : body(programme),
    );
    if (outcome.kind !== 'saved') return outcome;
    await record(work, action, outcome.id);
    announce(work, [outcome.id]);
    return outcome;
  }
}
