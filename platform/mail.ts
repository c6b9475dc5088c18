import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { codeOf } from './plain-error.ts';

/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without its angle brackets: the same mail has the same one however often it is sent. */
  readonly messageId: string;
  /** Where whoever wants no more of them says so by one POST (RFC 8058). */
  readonly unsubscribeUrl: string;
}

/**
 * What became of a mail, with a code that holds nothing of it. `unknown`: the line broke after the text was sent, and whether it
 * was accepted cannot be known.
 */
export type MailOutcome =
  { readonly kind: 'sent' } | { readonly kind: 'refused' | 'try-later' | 'unknown'; readonly code: string };

export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** Sends by an SMTP server, one connection a mail. @param url such as `smtps://user:password@mail.example.org` */
export function smtpMailer({ url, from }: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  return {
    send: async (mail) => {
      const written = await write(mail, from);
      // Taken from only when the server has asked for the text.
      let begun = false;
      const raw = Readable.from(
        (function* () {
          begun = true;
          yield written.text;
        })(),
        { highWaterMark: 1 },
      );
      try {
        await transport.sendMail({ raw, envelope: written.envelope });
        return { kind: 'sent' };
      } catch (error) {
        return failureOf(error, begun);
      }
    },
  };
}

async function write(mail: Mail, from: string) {
  const { to, subject, text, html, messageId, unsubscribeUrl } = mail;
  const node = new MailComposer({
    from,
    // Not parsed: an address is an address, whatever it looks like.
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return { text: await node.build(), envelope: node.getEnvelope() };
}

const PERMANENT = 500;
/** Those of a login that does not work, or of a command that is not known, are ours: another time they may not be. */
const OURS = new Set([500, 501, 502, 503, 504, 530, 534, 535]);

/** Of an error only its codes: its message quotes what the server said, which quotes the address. */
function failureOf(error: unknown, begun: boolean): MailOutcome {
  const replied = numberIn(error, 'responseCode');
  if (replied !== null) {
    const kind = replied >= PERMANENT && !OURS.has(replied) ? 'refused' : 'try-later';
    return { kind, code: `smtp ${String(replied)}` };
  }
  const code = codeOf(error) ?? 'failed';
  return { kind: begun ? 'unknown' : 'try-later', code: code.replaceAll(/[^A-Za-z0-9_]/g, '') };
}

function numberIn(error: unknown, name: string): number | null {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'number' ? value : null;
}
