import type { Mail, MailOutcome } from '../../platform/mail.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { ContactVault } from '../contacts/contact-vault.ts';
import { assertNever } from '../outcome.ts';
import { append } from '../outbox/outbox.ts';
import { composeDigest } from './compose-digest.ts';
import {
  type StoredDigest,
  findDue,
  insertDigest,
  moveDigest,
  noteReach,
  readItems,
  readRecipient,
  takeDigest,
} from './digest.rows.ts';
import type { UnsubscribeLinks } from './unsubscribe-link.ts';

/** As often as the queue tries. */
const ATTEMPTS = 8;

export type Begun =
  | { readonly kind: 'send'; readonly mail: Mail }
  /** There is nothing to send, or nobody to send it to. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown-digest' }
  /** A process that was sending it died: nobody knows whether it was sent, so it is not sent again. */
  | { readonly kind: 'lost' };

export type Ended = 'ended' | 'try-later';

/** Plans and writes digests. An address is in memory while its mail is sent, and nowhere else. */
export class DigestService {
  constructor(
    private readonly vault: ContactVault,
    private readonly links: UnsubscribeLinks,
    /** Where the hub is reached, without a slash at its end. */
    private readonly publicUrl: string,
  ) {}

  /** Plans the mails that are due on the hub's day, each once however often it is called. @returns how many */
  async plan(work: Work): Promise<number> {
    let planned = 0;
    for (const due of await findDue(work)) {
      const digestId = work.newId('dig');
      if (!(await insertDigest(work, digestId, due))) continue;
      await append(work.em, { kind: 'digest.due', digestId });
      planned += 1;
    }
    return planned;
  }

  /** Takes a mail to be sent. It counts as begun once this is committed, and whoever comes after does not send it. */
  async begin(work: Work, id: string): Promise<Begun> {
    const digest = await takeDigest(work, id);
    if (!digest) return { kind: 'unknown-digest' };
    if (digest.state === 'SENDING') {
      await moveDigest(work, id, { state: 'UNKNOWN' });
      return { kind: 'lost' };
    }
    if (digest.state !== 'PLANNED') return { kind: 'nothing' };
    const mail = await this.write(work, id, digest);
    await moveDigest(work, id, { state: typeof mail === 'string' ? mail : 'SENDING' });
    return typeof mail === 'string' ? { kind: 'nothing' } : { kind: 'send', mail };
  }

  /** Stores what became of a mail. */
  async end(work: Work, id: string, outcome: MailOutcome): Promise<Ended> {
    const digest = await takeDigest(work, id);
    if (digest?.state !== 'SENDING') return 'ended';
    switch (outcome.kind) {
      case 'sent':
        await moveDigest(work, id, { state: 'SENT' });
        await noteReach(work, digest, true);
        return 'ended';
      case 'refused':
        await moveDigest(work, id, { state: 'REFUSED', code: outcome.code });
        await noteReach(work, digest, false);
        return 'ended';
      case 'unknown':
        await moveDigest(work, id, { state: 'UNKNOWN', code: outcome.code });
        return 'ended';
      case 'try-later': {
        const isLast = digest.attempts >= ATTEMPTS;
        await moveDigest(work, id, { state: isLast ? 'FAILED' : 'PLANNED', code: outcome.code });
        return isLast ? 'ended' : 'try-later';
      }
      default:
        return assertNever(outcome);
    }
  }

  private async write(work: Work, id: string, digest: StoredDigest): Promise<Mail | 'EMPTY' | 'DROPPED'> {
    const { contactId } = digest;
    const sealed = await readRecipient(work, digest);
    const to = sealed && this.vault.open(contactId, sealed).email;
    if (to === null) return 'DROPPED';
    const unsubscribeUrl = `${this.publicUrl}/unsubscribe/${this.links.token(digest)}`;
    const composed = composeDigest(await readItems(work, id), { publicUrl: this.publicUrl, unsubscribeUrl });
    if (composed === null) return 'EMPTY';
    return { to, ...composed, unsubscribeUrl, messageId: `${id}@${new URL(this.publicUrl).hostname}` };
  }
}
