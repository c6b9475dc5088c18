import type { AuditLog } from '../access/audit-log.ts';
import { record } from '../access/audit.ts';
import { once } from '../access/idempotency.ts';
import { OnceAnHour } from '../access/once-an-hour.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { type Issue, type Outcome, type Refused, forbidden, invalid, notFound, saved, stale } from '../outcome.ts';
import { parse } from '../parse.ts';
import type { Contact, ContactDetails } from './contact.ts';
import { addContactInput, eraseContactInput, reviseContactInput } from './contact.input.ts';
import {
  CONTACTS_PER_SUBJECT,
  type ContactRow,
  countContacts,
  eraseContact,
  findContact,
  findContacts,
  insertContact,
  ownerOf,
  updateContact,
} from './contact.rows.ts';
import type { ContactVault } from './contact-vault.ts';

export interface Erased {
  readonly kind: 'erased';
  readonly id: string;
  /** ISO 8601. */
  readonly erasedAt: string;
}

/** Keeps people to write to: readable for few, and forgotten for good when asked. Nothing of them leaves through events or jobs. */
export class ContactService {
  private readonly told = new OnceAnHour();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: ContactVault,
    private readonly auditLog: AuditLog,
  ) {}

  /** The contacts of an actor or a programme that the viewer may see, the first entered first; none where it sees no such record. */
  of(viewer: Viewer, subjectId: string): Promise<readonly Contact[]> {
    return this.read(viewer, (work) => findContacts(work, subjectId));
  }

  /** One contact; null when there is none or the viewer may not see it. */
  async one(viewer: Viewer, id: string): Promise<Contact | null> {
    const [contact] = await this.read(viewer, async (work) =>
      [await findContact(work, id)].filter((row) => row !== null),
    );
    return contact ?? null;
  }

  /** Adds a contact to the viewer's own actor or to a programme of it. */
  add(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, (work) => this.addIn(work, input));
  }

  /** The same inside a caller's transaction, for loads and the demo. */
  async addIn(work: Work, input: unknown): Promise<Outcome> {
    const parsed = parse(addContactInput, input);
    if (!parsed.ok) return invalid(parsed.issues);
    const { clientMutationKey: key, ...fields } = parsed.value;
    const fingerprint = (text: string): string => this.vault.fingerprint(text);
    return once(work, { operation: 'addContact', key, input: fields, fingerprint }, async () => {
      const ownerId = await ownerOf(work, fields.of);
      if (ownerId === null) return notFound(fields.of);
      if (!mayKeep(work.viewer, ownerId)) return onlyOwner;
      const { name, role = null, email = null, phone = null, purpose } = fields;
      const details = { name, role, email, phone, purpose };
      const issues = unreachable(details);
      if (issues.length > 0) return invalid(issues);
      const found = (await countContacts(work, fields.of)) + 1;
      if (found > CONTACTS_PER_SUBJECT)
        return { kind: 'limit-exceeded', limit: 'contacts', allowed: CONTACTS_PER_SUBJECT, found };
      const id = work.newId('con');
      const shared = fields.shared ?? false;
      await insertContact(work, { id, subjectId: fields.of, ownerId, shared, ...this.vault.seal(id, details) });
      await record(work, 'contact.added', id, { shared });
      return saved(id);
    });
  }

  /** Changes a contact, which gets a new key. */
  revise(viewer: Viewer, input: unknown): Promise<Outcome> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(reviseContactInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id, expectedVersion, shared, ...changes } = parsed.value;
      const row = await findContact(work, id);
      if (!row) return notFound(id);
      if (!mayKeep(viewer, row.ownerId)) return onlyOwner;
      if (row.version !== expectedVersion) return stale(expectedVersion, row.version);
      const details = revised(this.vault.open(id, row), changes);
      const issues = unreachable(details);
      if (issues.length > 0) return invalid(issues);
      const sealed = this.vault.seal(id, details);
      const isDone = await updateContact(work, { id, expectedVersion, shared: shared ?? row.shared, ...sealed });
      if (!isDone) return overtaken(work, id, expectedVersion);
      await record(work, 'contact.revised', id);
      return saved(id);
    });
  }

  /** Forgets a person for good: its owner may, and coordinators, who need not see whom. A second time tells when it was. */
  erase(viewer: Viewer, input: unknown): Promise<Erased | Refused> {
    return this.unitOfWork.run(viewer, async (work) => {
      const parsed = parse(eraseContactInput, input);
      if (!parsed.ok) return invalid(parsed.issues);
      const { id } = parsed.value;
      const erased = await eraseContact(work, id);
      if (!erased) return (await findContact(work, id)) ? onlyOwner : notFound(id);
      if (erased.isFirst) await record(work, 'contact.erased', id);
      return { kind: 'erased', id, erasedAt: erased.erasedAt };
    });
  }

  /** That somebody read contacts of a subject is noted, once a key, subject and hour, before they have them. */
  private async read(
    viewer: Viewer,
    find: (work: Work) => Promise<readonly ContactRow[]>,
  ): Promise<readonly Contact[]> {
    const { contacts, subjectId, nowMs } = await this.unitOfWork.look(viewer, async (work) => {
      const rows = await find(work);
      return {
        contacts: rows.map((row) => this.open(row)),
        subjectId: rows[0]?.subjectId,
        nowMs: work.now.getTime(),
      };
    });
    if (subjectId !== undefined) {
      const note = (): Promise<void> => this.auditLog.note(viewer, { kind: 'contacts.read', subjectId });
      await this.told.tell(`${viewer.keyId} ${subjectId}`, nowMs, note);
    }
    return contacts;
  }

  private open(row: ContactRow): Contact {
    const { id, version, shared, updatedAt } = row;
    return { id, version, shared, updatedAt, ...this.vault.open(id, row) };
  }
}

const onlyOwner = forbidden('Only editors and planners of its owner keep contacts; coordinators may erase them.');

/** Coordinators do not: whom an actor names is its own affair. */
function mayKeep(viewer: Viewer, ownerId: string): boolean {
  return (viewer.role === 'editor' || viewer.role === 'planner') && viewer.actorId === ownerId;
}

function unreachable({ email, phone }: ContactDetails): readonly Issue[] {
  if (email !== null || phone !== null) return [];
  return [{ path: 'input.email', message: 'A contact can be reached: give an e-mail address or a telephone number.' }];
}

/** What is absent stays. */
function revised(
  stored: ContactDetails,
  changes: { readonly [K in keyof ContactDetails]?: ContactDetails[K] | undefined },
): ContactDetails {
  return {
    name: changes.name ?? stored.name,
    role: changes.role === undefined ? stored.role : changes.role,
    email: changes.email === undefined ? stored.email : changes.email,
    phone: changes.phone === undefined ? stored.phone : changes.phone,
    purpose: changes.purpose ?? stored.purpose,
  };
}

/** Somebody else was faster. */
async function overtaken(work: Work, id: string, expected: number): Promise<Refused> {
  const row = await findContact(work, id);
  return row ? stale(expected, row.version) : notFound(id);
}
