import { LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import { defaultRelease } from '../access/release.ts';
import { recordReleases } from '../access/release-audit.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayCurate, mayEdit } from '../access/viewer.ts';
import { announce } from '../footprints/announce.ts';
import { type Outcome, type Refused, conflict, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { Actor, ActorIdentifier, Commitment } from './actor.entity.ts';
import {
  type RegisterActor,
  type ReviseActor,
  mergeActorsInput,
  registerActorInput,
  reviseActorInput,
  suspendActorInput,
  undoActorMergeInput,
  verifyActorInput,
} from './actor.input.ts';
import { type Checked, inconsistencies, placesOf, revise, toNames } from './actor.rules.ts';
import { findClash, moveEverything } from './merge-actors.ts';
import { beginMerge, endMerge, fieldsOf, giveBack, restoreFields, standingMerge, takeFields } from './undo-merge.ts';
import { refuseToUndoVetting, suspend, vouch } from './vetting.ts';

/** Registers, vets and merges actors. */
export class ActorService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
  ) {}

  /** Registers an actor as pending. Anybody who may write may register one; only verified ones match. */
  register(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.registerIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async registerIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(registerActorInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey, ...written } = parsed.value;
    return once(work, { operation: 'registerActor', key: clientMutationKey, input: written }, async () => {
      const checked = await this.check(work, written);
      if (checked.kind !== 'fit') return checked;
      const { fields } = checked;
      const id = work.newId('act');
      work.em.create(Actor, {
        id,
        kind: fields.kind,
        name: fields.name,
        names: toNames(fields.names),
        aliases: fields.aliases ?? [],
        description: fields.description ?? '',
        website: fields.website ?? null,
        legalStatus: fields.legalStatus ?? 'registered',
        hostedById: fields.hostedBy ?? null,
        baliRole: fields.baliProcessRole ?? 'none',
        basedIn: fields.basedIn ?? [],
        communityOf: fields.communityOf ?? [],
        vetting: 'pending',
        visibility: fields.visibility ?? defaultRelease(fields.kind).visibility,
        registeredBy: work.viewer.actorId,
        vettedUntil: null,
        mergedIntoId: null,
        illustrative: fields.illustrative ?? false,
        source: fields.source ?? null,
        createdAt: work.now,
        updatedAt: work.now,
      });
      await work.em.flush();
      this.addIdentifiers(work, id, fields.identifiers ?? []);
      this.addCommitments(work, id, fields.commitments ?? []);
      await work.em.flush();
      await record(work, 'actor.registered', id);
      return saved(id);
    });
  }

  /** Changes what an actor says about itself. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.reviseIn(work, input));
  }

  /** The same inside a caller's transaction, for loads. */
  async reviseIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(reviseActorInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const fields = parsed.value;
    return this.change(work, fields, 'actor.revised', async (actor) => {
      const { legalStatus = actor.legalStatus, hostedBy = actor.hostedById } = fields;
      const checked = await this.check(work, { ...fields, legalStatus, hostedBy });
      if (checked.kind !== 'fit') return checked;
      const vouchedFor = mayCurate(work.viewer) ? null : refuseToUndoVetting(actor, checked.fields);
      if (vouchedFor) return vouchedFor;
      const { visibility: before } = actor;
      revise(actor, checked.fields);
      const { visibility: after } = actor;
      await recordReleases(work, [{ id: actor.id, before: { visibility: before }, after: { visibility: after } }]);
      await this.replaceParts(work, actor.id, checked.fields);
      return null;
    });
  }

  /**
   * A coordinator vouches for an actor: from now on its records match. Diaspora, migrant-led and private actors stay as they are
   * until a second coordinator has vouched too.
   */
  verify(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.verifyIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async verifyIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(verifyActorInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { evidence, validUntil } = parsed.value;
    const action = ({ vetting }: Actor): string => (vetting === 'verified' ? 'actor.verified' : 'actor.vouched-for');
    return this.change(work, parsed.value, action, (actor) => {
      if (!mayCurate(work.viewer)) return forbidden('Only coordinators verify actors.');
      return vouch(work, actor, { evidence, validUntil: validUntil ?? null });
    });
  }

  /** A coordinator takes an actor out: its records stop matching in the same transaction. */
  suspend(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(suspendActorInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      return this.change(work, parsed.value, 'actor.suspended', async (actor) => {
        if (!mayCurate(viewer)) return forbidden('Only coordinators suspend actors.');
        await suspend(work, actor, parsed.value.reason);
        return null;
      });
    });
  }

  /**
   * Moves everything of a duplicate to the survivor, who takes the fields named of it, and leaves a signpost at the old id.
   * `undoMerge` takes it back.
   */
  merge(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(mergeActorsInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { survivor, duplicate, expectedVersion, take } = parsed.value;
      if (mayCurate(viewer)) await lockInOrder(work, [survivor, duplicate]);
      return this.change(work, { id: survivor, expectedVersion }, 'actor.merged', async (actor) => {
        if (!mayCurate(viewer)) return forbidden('Only coordinators merge actors.');
        if (survivor === duplicate) return conflict('An actor cannot be merged into itself.');
        const other = await findLocked(work, duplicate);
        if (!other) return notFound(duplicate);
        const clash = await findClash(work, duplicate, survivor);
        if (clash) return conflict(clash);
        const before = fieldsOf(actor);
        takeFields(actor, other, take ?? []);
        other.mergedIntoId = actor.id;
        await work.em.flush();
        await beginMerge(work, actor, duplicate, before);
        await moveEverything(work, duplicate, survivor);
        await endMerge(work);
        await record(work, 'actor.merged-away', duplicate, { into: survivor });
        return null;
      });
    });
  }

  /**
   * Makes two actors again of one: the duplicate has back what was its own when it was merged, but for what was deleted or given to
   * others since; what the survivor got later stays the survivor's.
   */
  undoMerge(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(undoActorMergeInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { duplicate, expectedVersion } = parsed.value;
      if (!mayCurate(viewer)) return forbidden('Only coordinators undo merges.');
      const merge = await standingMerge(work, duplicate);
      if (!merge) return notFound(duplicate);
      const { survivorId } = merge;
      await lockInOrder(work, [survivorId, duplicate]);
      const survivor = await findLocked(work, survivorId);
      if (!survivor)
        return conflict(`${survivorId} was itself merged into another actor since: undo that merge first.`);
      // Whoever came second finds it undone.
      if ((await standingMerge(work, duplicate))?.id !== merge.id) return notFound(duplicate);
      const changed = await this.change(work, { id: survivorId, expectedVersion }, 'actor.merge-undone', async () => {
        restoreFields(survivor, merge);
        await work.em.flush();
        const other = await work.em.findOneOrFail(Actor, { id: duplicate });
        Object.assign(other, { mergedIntoId: null, updatedAt: work.now });
        await work.em.flush();
        const stayed = await giveBack(work, merge);
        await record(work, 'actor.restored', duplicate, { from: survivorId, stayed });
        return null;
      });
      if (changed.kind !== 'saved') return changed;
      announce(work, [duplicate]);
      return saved(duplicate);
    });
  }

  /** One change of one stored actor: found, compared with the expected version, changed, recorded, its footprints refreshed. */
  private async change(
    work: Work,
    target: { id: string; expectedVersion: number },
    action: string | ((actor: Actor) => string),
    body: (actor: Actor) => Refused | null | Promise<Refused | null>,
  ): Promise<Outcome> {
    if (!(await work.em.findOne(Actor, { id: target.id, mergedIntoId: null }))) return notFound(target.id);
    const actor = mayEdit(work.viewer, target.id) ? await findLocked(work, target.id) : null;
    if (!actor) return forbidden('Only the actor itself and coordinators may change it.');
    if (actor.version !== target.expectedVersion) return stale(target.expectedVersion, actor.version);
    const refused = await body(actor);
    if (refused) {
      work.em.clear();
      return refused;
    }
    actor.updatedAt = work.now;
    await work.em.flush();
    await record(work, typeof action === 'string' ? action : action(actor), actor.id);
    announce(work, [actor.id]);
    return saved(actor.id);
  }

  /** Refuses what breaks a rule, else gives the fields with every code in its canonical form. */
  private async check<T extends Checked>(work: Work, fields: T): Promise<Refused | { kind: 'fit'; fields: T }> {
    const { resolved, issues } = await this.vocabulary.resolveCodes(work.em, [
      ...(fields.kind === undefined
        ? []
        : [{ kind: 'actor_kind' as const, code: fields.kind, path: 'input.kind', of: 'kind' }]),
      ...placesOf('basedIn', fields.basedIn),
      ...placesOf('communityOf', fields.communityOf),
    ]);
    const found = [...issues, ...inconsistencies(fields)];
    if (found.length > 0) return invalid(found);
    if (fields.hostedBy && !(await work.em.findOne(Actor, { id: fields.hostedBy }))) return notFound(fields.hostedBy);
    const codesOf = (field: string): string[] => [
      ...new Set(resolved.flatMap(({ written, code }) => (written.of === field ? [code] : []))),
    ];
    return {
      kind: 'fit',
      fields: {
        ...fields,
        kind: fields.kind && codesOf('kind')[0],
        basedIn: fields.basedIn && codesOf('basedIn'),
        communityOf: fields.communityOf && codesOf('communityOf'),
      },
    };
  }

  private async replaceParts(work: Work, actorId: string, fields: ReviseActor): Promise<void> {
    if (fields.identifiers !== undefined) {
      await work.em.nativeDelete(ActorIdentifier, { actorId });
      this.addIdentifiers(work, actorId, fields.identifiers ?? []);
    }
    if (fields.commitments !== undefined) {
      await work.em.nativeDelete(Commitment, { actorId, programmeId: null });
      this.addCommitments(work, actorId, fields.commitments ?? []);
    }
  }

  private addIdentifiers(work: Work, actorId: string, identifiers: NonNullable<RegisterActor['identifiers']>): void {
    const distinct = new Map(
      identifiers.map((identifier) => [`${identifier.scheme}\n${identifier.value}`, identifier]),
    );
    for (const { scheme, value } of distinct.values()) work.em.create(ActorIdentifier, { actorId, scheme, value });
  }

  private addCommitments(work: Work, actorId: string, commitments: NonNullable<RegisterActor['commitments']>): void {
    for (const { kind, description, amount, currency, source } of commitments) {
      work.em.create(Commitment, {
        id: work.newId('com'),
        actorId,
        programmeId: null,
        kind,
        description,
        amount: amount?.toFixed(2) ?? null,
        currency: currency ?? null,
        source: source ?? null,
      });
    }
  }
}

/** Locks two actors in one order, so that of two merges of the same two neither waits for the other. */
async function lockInOrder(work: Work, ids: readonly string[]): Promise<void> {
  await sql`select from actor where id = any(${[...ids]}::text[]) order by id for update`.execute(work.em.getKysely());
}

/** The actor, locked until the transaction ends; null when there is none, or only a signpost to another. */
function findLocked(work: Work, id: string): Promise<Actor | null> {
  return work.em.findOne(Actor, { id, mergedIntoId: null }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
