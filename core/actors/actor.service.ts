import { sql } from 'kysely';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import { type Viewer, mayEdit } from '../access/viewer.ts';
import type { FootprintService } from '../footprints/footprint.service.ts';
import {
  type Issue,
  type Outcome,
  type Refused,
  conflict,
  forbidden,
  invalid,
  notFound,
  saved,
  stale,
} from '../outcome.ts';
import { parse } from '../parse.ts';
import { canonicalTag } from '../vocabulary/language.ts';
import type { WrittenCode } from '../vocabulary/resolve-codes.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import { Actor, ActorIdentifier, Commitment } from './actor.entity.ts';
import {
  type RegisterActor,
  type ReviseActor,
  mergeActorsInput,
  registerActorInput,
  reviseActorInput,
  suspendActorInput,
  verifyActorInput,
} from './actor.input.ts';

/** Registers, vets and merges actors. */
export class ActorService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly footprints: FootprintService,
  ) {}

  /** Registers an actor as pending. Anybody who may write may register one; only verified ones match. */
  register(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.registerIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async registerIn(work: Work, input: unknown): Promise<Outcome> {
    if (work.viewer.role === 'observer' || work.viewer.role === 'viewer') return forbidden('This key may only read.');
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
        vettingEvidence: null,
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
    const parsed = parse(reviseActorInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const fields = parsed.value;
    return this.change(viewer, fields, 'actor.revised', async (work, actor) => {
      if (!mayEdit(viewer, actor.id)) return forbidden('Only the actor itself and coordinators may change it.');
      const { legalStatus = actor.legalStatus, hostedBy = actor.hostedById } = fields;
      const checked = await this.check(work, { ...fields, legalStatus, hostedBy });
      if (checked.kind !== 'fit') return checked;
      revise(actor, checked.fields);
      await this.replaceParts(work, actor.id, checked.fields);
      return null;
    });
  }

  /** A coordinator vouches for an actor: from now on its records match. */
  verify(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(verifyActorInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.change(viewer, parsed.value, 'actor.verified', (_work, actor) => {
      if (viewer.role !== 'coordinator') return forbidden('Only coordinators verify actors.');
      Object.assign(actor, {
        vetting: 'verified',
        vettingEvidence: parsed.value.evidence,
        vettedUntil: parsed.value.validUntil ?? null,
      });
      return null;
    });
  }

  /** A coordinator takes an actor out: its records stop matching in the same transaction. */
  suspend(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(suspendActorInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    return this.change(viewer, parsed.value, 'actor.suspended', (_work, actor) => {
      if (viewer.role !== 'coordinator') return forbidden('Only coordinators suspend actors.');
      Object.assign(actor, { vetting: 'suspended', vettingEvidence: parsed.value.reason, vettedUntil: null });
      return null;
    });
  }

  /** Moves everything of a duplicate to the survivor and leaves a signpost at the old id. */
  merge(viewer: Viewer, input: unknown): Promise<Outcome> {
    const parsed = parse(mergeActorsInput, input);
    if (!parsed.ok) return Promise.resolve(invalid(parsed.issues));
    const { survivor, duplicate, expectedVersion } = parsed.value;
    return this.change(viewer, { id: survivor, expectedVersion }, 'actor.merged', async (work, actor) => {
      if (viewer.role !== 'coordinator') return forbidden('Only coordinators merge actors.');
      if (survivor === duplicate) return conflict('An actor cannot be merged into itself.');
      const other = await work.em.findOne(Actor, { id: duplicate, mergedIntoId: null }, { lockMode: 4 });
      if (!other) return notFound(duplicate);
      actor.aliases = [...new Set([...actor.aliases, other.name, ...other.aliases])].filter(
        (alias) => alias !== actor.name,
      );
      other.mergedIntoId = actor.id;
      await work.em.flush();
      await moveEverything(work, duplicate, survivor);
      await this.footprints.refreshOwner(work, duplicate);
      return null;
    });
  }

  /** One change of one stored actor: found, compared with the expected version, changed, recorded, its footprints refreshed. */
  private change(
    viewer: Viewer,
    target: { id: string; expectedVersion: number },
    action: string,
    body: (work: Work, actor: Actor) => Outcome | null | Promise<Outcome | null>,
  ): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const actor = await work.em.findOne(Actor, { id: target.id, mergedIntoId: null }, { lockMode: 4 });
      if (!actor) return notFound(target.id);
      if (actor.version !== target.expectedVersion) return stale(target.expectedVersion, actor.version);
      const refused = await body(work, actor);
      if (refused) {
        work.em.clear();
        return refused;
      }
      actor.updatedAt = work.now;
      await work.em.flush();
      await record(work, action, actor.id);
      await this.footprints.refreshOwner(work, actor.id);
      return saved(actor.id);
    });
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
    if (fields.identifiers) {
      await work.em.nativeDelete(ActorIdentifier, { actorId });
      this.addIdentifiers(work, actorId, fields.identifiers);
    }
    if (fields.commitments) {
      await work.em.nativeDelete(Commitment, { actorId, programmeId: null });
      this.addCommitments(work, actorId, fields.commitments);
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

/** The fields whose rules need more than their own shape. */
type Checked = Pick<ReviseActor, 'kind' | 'basedIn' | 'communityOf' | 'legalStatus' | 'hostedBy' | 'commitments'>;

/** Names by language tag in canonical form (`BN-bd` → `bn-BD`). */
function toNames(texts: RegisterActor['names']): Record<string, string> {
  return Object.fromEntries((texts ?? []).map(({ language, text }) => [canonicalTag(language) ?? language, text]));
}

function placesOf(field: string, codes: readonly string[] | null | undefined): (WrittenCode & { of: string })[] {
  return (codes ?? []).map((code, index) => ({
    kind: 'place',
    code,
    path: `input.${field}[${String(index)}]`,
    of: field,
  }));
}

/** Fields that contradict each other. */
function inconsistencies(fields: Checked): Issue[] {
  const hosted = fields.legalStatus === 'hosted';
  const hasHost = typeof fields.hostedBy === 'string';
  const unpaired = (fields.commitments ?? []).flatMap(({ amount, currency }, index) =>
    (typeof amount === 'number') === (typeof currency === 'string')
      ? []
      : [
          {
            path: `input.commitments[${String(index)}].currency`,
            message: 'An amount and its currency belong together.',
          },
        ],
  );
  return hosted === hasHost
    ? unpaired
    : [{ path: 'input.hostedBy', message: 'A hosted actor names its host, and only a hosted one does.' }, ...unpaired];
}

function revise(actor: Actor, fields: ReviseActor): void {
  if (fields.name !== undefined) actor.name = fields.name;
  if (fields.kind !== undefined) actor.kind = fields.kind;
  if (fields.names !== undefined) actor.names = toNames(fields.names);
  if (fields.aliases !== undefined) actor.aliases = fields.aliases ?? [];
  if (fields.description !== undefined) actor.description = fields.description ?? '';
  if (fields.website !== undefined) actor.website = fields.website ?? null;
  if (fields.legalStatus !== undefined) actor.legalStatus = fields.legalStatus ?? 'registered';
  if (fields.hostedBy !== undefined) actor.hostedById = fields.hostedBy ?? null;
  if (fields.baliProcessRole !== undefined) actor.baliRole = fields.baliProcessRole ?? 'none';
  if (fields.basedIn !== undefined) actor.basedIn = fields.basedIn ?? [];
  if (fields.communityOf !== undefined) actor.communityOf = fields.communityOf ?? [];
  if (fields.illustrative !== undefined) actor.illustrative = fields.illustrative ?? false;
  if (fields.source !== undefined) actor.source = fields.source ?? null;
}

async function moveEverything(work: Work, from: string, to: string): Promise<void> {
  const db = work.em.getKysely();
  await sql`insert into actor_identifier (actor_id, scheme, value)
    select ${to}, scheme, value from actor_identifier where actor_id = ${from} on conflict do nothing`.execute(db);
  await sql`delete from actor_identifier where actor_id = ${from}`.execute(db);
  await sql`update commitment set actor_id = ${to} where actor_id = ${from}`.execute(db);
  await sql`update actor set hosted_by_id = ${to} where hosted_by_id = ${from}`.execute(db);
  await sql`update api_key set actor_id = ${to} where actor_id = ${from}`.execute(db);
  await sql`update programme set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`update campaign set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`update calendar_entry set owner_id = ${to} where owner_id = ${from}`.execute(db);
  await sql`insert into programme_partner (programme_id, actor_id, role)
    select programme_id, ${to}, role from programme_partner where actor_id = ${from} on conflict do nothing`.execute(
    db,
  );
  await sql`delete from programme_partner where actor_id = ${from}`.execute(db);
}
