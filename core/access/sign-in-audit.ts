import type { Clock } from '../../platform/clock.ts';
import type { AuditEvent, AuditLog } from './audit-log.ts';
import type { SignInEvent } from './sign-in-watch.ts';

const MINUTE_MS = 60_000;
/** Denials of one key and reason that are written one by one in a minute: enough to see when a guess or a retry began. */
const WRITTEN_OF_KEY = 10;
/** The same of all whom we do not know together: anybody can send any number of these. */
const WRITTEN_OF_STRANGERS = 1;

interface Denials {
  readonly keyId: string | null;
  readonly reason: string;
  written: number;
  /** How many more were only counted. */
  more: number;
}

/**
 * Notes who came in and who was turned away, and bounds what a flood of bad keys writes: after the first denials of a key and
 * reason in a minute, further ones are counted and written as one row when the minute is over.
 */
export class SignInAudit {
  private minute = 0;
  private readonly denials = new Map<string, Denials>();
  /** Counts of past minutes that are to be written. */
  private owed: AuditEvent[] = [];

  constructor(
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Resolves once it is written, or counted. */
  async hear({ kind, keyId, reason, viewer }: SignInEvent): Promise<void> {
    if (kind === 'signed-in') await this.auditLog.note(viewer, { kind, detail: { by: reason } });
    else await this.write(this.count(keyId, reason));
  }

  /** Writes what was counted in minutes that are over. To be called now and then, since a flood may end without a last denial. */
  async writeCounts(): Promise<void> {
    this.turn();
    await this.write([]);
  }

  /** Writes all that was counted, the present minute included. To be called before the database is closed. */
  async settle(): Promise<void> {
    this.close();
    await this.write([]);
  }

  /** The row of a denial; none when it is only counted. */
  private count(keyId: string | null, reason: string): AuditEvent[] {
    this.turn();
    const name = `${keyId ?? ''} ${reason}`;
    const denials = this.denials.get(name) ?? { keyId, reason, written: 0, more: 0 };
    this.denials.set(name, denials);
    if (denials.written === (keyId === null ? WRITTEN_OF_STRANGERS : WRITTEN_OF_KEY)) {
      denials.more += 1;
      return [];
    }
    denials.written += 1;
    return [denied(denials, {})];
  }

  private turn(): void {
    const minute = Math.floor(this.clock.now() / MINUTE_MS);
    if (minute === this.minute) return;
    this.close();
    this.minute = minute;
  }

  private close(): void {
    const since = new Date(this.minute * MINUTE_MS).toISOString();
    for (const counted of this.denials.values()) {
      if (counted.more > 0) this.owed.push(denied(counted, { more: counted.more, since }));
    }
    this.denials.clear();
  }

  private async write(events: readonly AuditEvent[]): Promise<void> {
    const owed = this.owed;
    this.owed = [];
    try {
      await this.auditLog.noteAll(null, [...owed, ...events]);
    } catch (error) {
      this.owed.unshift(...owed);
      throw error;
    }
  }
}

/** About the key that was presented, never by it: whoever was turned away need not be whose it is. */
function denied({ keyId, reason }: Denials, more: { readonly more?: number; readonly since?: string }): AuditEvent {
  return { kind: 'denied', ...(keyId !== null && { subjectId: keyId }), detail: { reason, ...more } };
}
