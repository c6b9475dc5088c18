import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What a server says to one recipient instead of accepting it: an SMTP reply code. */
export type Refusal = (recipient: string) => number | null;

export interface MailServer {
  readonly url: string;
  /** Everything it accepted, in order. */
  readonly mails: ParsedMail[];
  /** Everything it was asked to deliver to, accepted or not. */
  readonly asked: string[];
  /** From now on. */
  refuse(refusal: Refusal): void;
  /** From now on it takes a whole mail and hangs up without a word. */
  hangUp(): void;
  close(): Promise<void>;
}

/** A real SMTP server on a free port of this machine. */
export async function mailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const asked: string[] = [];
  let refusal: Refusal = () => null;
  let hangsUp = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      asked.push(address);
      const code = refusal(address);
      if (code === null) callback();
      else callback(Object.assign(new Error(`5.1.1 <${address}> is refused`), { responseCode: code }));
    },
    onData: (stream, _session, callback) => {
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        if (hangsUp) server.close();
        if (hangsUp) for (const connection of server.connections) connection._socket.destroy();
        else callback();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    mails,
    asked,
    refuse: (next) => {
      refusal = next;
    },
    hangUp: () => {
      hangsUp = true;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** To whom a mail says that it goes. */
export function recipientsOf({ to }: ParsedMail): string[] {
  const lists: AddressObject[] = to === undefined ? [] : [to].flat();
  return lists.flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}
