import type { OutboundConfig } from '../platform/config.ts';
import type { FetchOptions } from '../platform/fetch-outside.ts';
import { type Mailer, smtpMailer } from '../platform/mail.ts';

/** By what the workers of a hub reach people outside of it. */
export interface Outbound {
  readonly publicUrl: string;
  /** Null: no mail is sent. */
  readonly mailer: Mailer | null;
  /** Of UTC, 0 to 23. */
  readonly digestHour: number;
  readonly webhooksToLoopback: boolean;
  /** How subscribed calendars are fetched; only tests say anything. */
  readonly calendars: FetchOptions;
}

/** As the environment says. */
export function outboundOf({ publicUrl, mail, digestHour, webhooksToLoopback }: OutboundConfig): Outbound {
  const mailer = mail && smtpMailer({ url: mail.smtpUrl, from: mail.from });
  return { publicUrl, mailer, digestHour, webhooksToLoopback, calendars: {} };
}

/** Reaches nobody. */
export const NO_OUTBOUND: Outbound = {
  publicUrl: 'http://127.0.0.1:4000',
  mailer: null,
  digestHour: 6,
  webhooksToLoopback: false,
  calendars: {},
};
