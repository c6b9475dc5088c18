import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { PlainError } from './plain-error.ts';

/** Where PostgreSQL comes from: our own, a given one where we make the logins, or three given logins. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'one-login'; readonly url: string }
  | {
      readonly kind: 'three-logins';
      readonly appUrl: string;
      readonly workerUrl: string;
      readonly migratorUrl: string;
    };

/** Whose tokens prove who a person is. */
export interface OidcConfig {
  /** To the letter as in the `iss` of its tokens. */
  readonly issuer: string;
  /** What the `aud` of its tokens must hold: this hub, as registered there. */
  readonly audience: string;
  /** Where its keys are; null: where its discovery document says. */
  readonly jwksUrl: string | null;
  /** As what the hub sends people there to sign in to the console; null: it does not. */
  readonly client: OidcClient | null;
}

/** The hub as the issuer knows it where people sign in. */
export interface OidcClient {
  readonly id: string;
  /** Null: a public client, which proves itself by PKCE alone. */
  readonly secret: string | null;
}

/** What the hub tells people outside of itself, and how. */
export interface OutboundConfig {
  /** Where people reach the hub, without a slash at its end: what links in mails begin with. */
  readonly publicUrl: string;
  /** Null: no mail is sent. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** At which hour of UTC digests are sent, 0 to 23. */
  readonly digestHour: number;
  /** Whether webhooks may be on this machine, by plain http too. For trials only: else nobody makes the hub call its own network. */
  readonly webhooksToLoopback: boolean;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Holds everything this installation keeps outside a given PostgreSQL. */
  readonly dataFolder: string;
  readonly database: DatabaseConfig;
  /** A hot standby of the given PostgreSQL that answers reads; null: the primary answers all. */
  readonly replicaUrl: string | null;
  /** BullMQ on Redis; null means on PostgreSQL. */
  readonly redisUrl: string | null;
  /** Null: only keys of the hub's own open it. */
  readonly oidc: OidcConfig | null;
  readonly outbound: OutboundConfig;
  /** `plain`: GraphQL's own executor answers everything, for comparing, and should a planned answer ever differ. */
  readonly execution: 'planned' | 'plain';
  /** What may be done with what people take out; null: nobody has said. */
  readonly exportLicence: string | null;
  /** Where metrics and the state of the process are shown to operators; null: nowhere. */
  readonly operations: { readonly host: string; readonly port: number } | null;
  /** Where traces go, by OTLP over HTTP; null: nothing is traced. */
  readonly otlpEndpoint: string | null;
  /** Points that one key may spend. */
  readonly budget: { readonly perMinute: number; readonly perHour: number; readonly refusedPerMinute: number };
  /** How many proxies stand in front, whose word on where a request comes from is taken. */
  readonly proxies: number;
  /** Whether an empty embedded hub gets the demo. */
  readonly demo: boolean;
  readonly logLevel: LogLevel;
}

const PORT = 'a port number from 0 to 65535';
const POSTGRES_URL = 'a URL such as postgresql://user:password@host:5432/database';
const REDIS_URL = 'a URL such as redis://host:6379';
const SMTP_URL = 'a URL such as smtps://user:password@mail.example.org';
const PUBLIC_URL = 'a URL such as https://concord.example.org';
const OTLP_URL = 'a URL such as http://collector:4318';
const LICENCE = 'one line of at most 300 characters';
const POINTS = 'a number of points from 1000 to 1000000000';
const REFUSED = 'a number of requests from 10 to 1000000000';
const PROXIES = 'how many proxies stand in front, from 0 to 9';
const HOUR = 'an hour from 0 to 23';
const ISSUER_URL = 'a URL that begins with https://, or with http:// on this machine';

/** One schema a variable; the message of each says what was expected. */
const variables = z.object({
  PORT: port().default(4000),
  HOST: host().default('127.0.0.1'),
  CONCORD_DATA: z.string().default('.data'),
  CONCORD_DEMO: z.enum(['on', 'off'], 'on or off').default('on'),
  CONCORD_EXECUTION: z.enum(['planned', 'plain'], 'planned or plain').default('planned'),
  COST_PER_MINUTE: wholeFrom(1_000, POINTS).default(30_000),
  COST_PER_HOUR: wholeFrom(1_000, POINTS).default(600_000),
  REFUSED_PER_MINUTE: wholeFrom(10, REFUSED).default(100),
  PROXIES: z.string().regex(/^\d$/, PROXIES).transform(Number).default(0),
  DATABASE_URL: urlOf(['postgresql:', 'postgres:'], POSTGRES_URL).optional(),
  DATABASE_WORKER_URL: urlOf(['postgresql:', 'postgres:'], POSTGRES_URL).optional(),
  DATABASE_ADMIN_URL: urlOf(['postgresql:', 'postgres:'], POSTGRES_URL).optional(),
  DATABASE_REPLICA_URL: urlOf(['postgresql:', 'postgres:'], POSTGRES_URL).optional(),
  REDIS_URL: urlOf(['redis:', 'rediss:'], REDIS_URL).optional(),
  OIDC_ISSUER: issuerUrl().optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_JWKS_URL: issuerUrl().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  PUBLIC_URL: urlOf(['https:', 'http:'], PUBLIC_URL).optional(),
  SMTP_URL: urlOf(['smtp:', 'smtps:'], SMTP_URL).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'an address such as Concord <concord@example.org>')
    .optional(),
  DIGEST_HOUR: z
    .string()
    .regex(/^\d{1,2}$/, HOUR)
    .transform(Number)
    .refine((hour) => hour <= 23, HOUR)
    .default(6),
  EXPORT_LICENCE: z
    .string()
    .regex(/^[^\r\n]{1,300}$/, LICENCE)
    .optional(),
  CONCORD_WEBHOOK_LOOPBACK: z.enum(['on', 'off'], 'on or off').default('off'),
  METRICS_PORT: port().optional(),
  METRICS_HOST: host().default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlOf(['http:', 'https:'], OTLP_URL).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, LOG_LEVELS.join(', ')).default('warn'),
});
type Variables = z.infer<typeof variables>;

/** Every variable that is read, in the order of `.env.example`. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape);

const SHOWN_CHARACTERS = 60;
const OWN_PREFIX = 'CONCORD_';
/** Read by tests and measurements only. */
const NOT_OURS = new Set(['CONCORD_REALDATA', 'CONCORD_TEST_DATABASE_URL']);

/**
 * Reads the environment; an empty variable counts as not set.
 * @throws PlainError that names every bad variable, what was expected and what was found, but never a credential.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = variables.safeParse(given);
  const complaints = [
    ...(parsed.error?.issues ?? []).map((issue) => complaintAbout(String(issue.path[0]), issue.message, given)),
    ...misspelled(given),
    ...(parsed.success
      ? [
          ...incomplete(parsed.data),
          ...replicaOfNothing(parsed.data),
          ...incompleteOidc(parsed.data),
          ...incompleteMail(parsed.data),
        ]
      : []),
  ];
  if (parsed.success && complaints.length === 0) return toConfig(parsed.data);
  throw new PlainError(
    `Concord cannot start with these environment variables:\n${complaints.map((line) => `  ${line}`).join('\n')}`,
  );
}

function toConfig(read: Variables): Config {
  return {
    port: read.PORT,
    host: read.HOST,
    dataFolder: read.CONCORD_DATA,
    database: toDatabase(read),
    replicaUrl: read.DATABASE_REPLICA_URL ?? null,
    redisUrl: read.REDIS_URL ?? null,
    oidc: toOidc(read),
    outbound: toOutbound(read),
    execution: read.CONCORD_EXECUTION,
    exportLicence: read.EXPORT_LICENCE ?? null,
    operations: read.METRICS_PORT === undefined ? null : { host: read.METRICS_HOST, port: read.METRICS_PORT },
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    budget: {
      perMinute: read.COST_PER_MINUTE,
      perHour: read.COST_PER_HOUR,
      refusedPerMinute: read.REFUSED_PER_MINUTE,
    },
    proxies: read.PROXIES,
    demo: read.CONCORD_DEMO === 'on',
    logLevel: read.LOG_LEVEL,
  };
}

function port() {
  return z
    .string()
    .regex(/^\d{1,5}$/, PORT)
    .transform(Number)
    .refine((number) => number <= 65_535, PORT);
}

function host(): z.ZodString {
  return z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'a host name or address');
}

function toDatabase(read: Variables): DatabaseConfig {
  const { DATABASE_URL: url, DATABASE_WORKER_URL: workerUrl, DATABASE_ADMIN_URL: migratorUrl } = read;
  if (url === undefined) return { kind: 'embedded' };
  if (workerUrl === undefined || migratorUrl === undefined) return { kind: 'one-login', url };
  return { kind: 'three-logins', appUrl: url, workerUrl, migratorUrl };
}

/** An embedded PostgreSQL has no replica: whoever names one forgot to give the primary. */
function replicaOfNothing(read: Variables): string[] {
  return read.DATABASE_REPLICA_URL !== undefined && read.DATABASE_URL === undefined
    ? ['DATABASE_URL: expected a URL because DATABASE_REPLICA_URL is set too, found nothing']
    : [];
}

function toOidc(read: Variables): OidcConfig | null {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl = null } = read;
  const { OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret = null } = read;
  if (issuer === undefined || audience === undefined) return null;
  return { issuer, audience, jwksUrl, client: id === undefined ? null : { id, secret } };
}

function toOutbound(read: Variables): OutboundConfig {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, HOST: host, PORT: port } = read;
  const here = `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  return {
    publicUrl: (read.PUBLIC_URL ?? here).replace(/\/+$/, ''),
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    digestHour: read.DIGEST_HOUR,
    webhooksToLoopback: read.CONCORD_WEBHOOK_LOOPBACK === 'on',
  };
}

/** A whole number, no less than makes sense: of points, than one operation may cost, for each must be possible. */
function wholeFrom(least: number, expected: string) {
  return z
    .string()
    .regex(/^\d{1,10}$/, expected)
    .transform(Number)
    .refine((number) => number >= least && number <= 1_000_000_000, expected);
}

/** Whoever can change an issuer's keys on their way can be anybody: plain http is for a trial on this machine. */
function issuerUrl(): z.ZodString {
  return z.string().refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
  }, ISSUER_URL);
}

function urlOf(protocols: readonly string[], expected: string): z.ZodString {
  return z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), expected);
}

function complaintAbout(name: string, expected: string, given: Readonly<Record<string, string | undefined>>): string {
  return `${name}: expected ${expected}, found ${shown(name, given[name] ?? '')}`;
}

/** A value as it may be printed: nothing of what should be a URL, since a password may stand anywhere in it. */
function shown(name: string, value: string): string {
  if (/_(URL|ENDPOINT)$/.test(name)) return `${String(value.length)} characters (not shown, they may hold a password)`;
  return `"${value.slice(0, SHOWN_CHARACTERS)}"`;
}

function misspelled(given: Readonly<Record<string, string | undefined>>): string[] {
  const known = VARIABLE_NAMES.filter((name) => name.startsWith(OWN_PREFIX));
  return Object.keys(given)
    .filter((name) => name.startsWith(OWN_PREFIX) && !VARIABLE_NAMES.includes(name) && !NOT_OURS.has(name))
    .map(
      (name) => `${name}: expected one of ${known.join(', ')}, found a name Concord does not know; probably misspelled`,
    );
}

/** The logins come alone or all three: with two of them nobody could tell what the missing one should be. */
function incomplete(read: Variables): string[] {
  const others = ['DATABASE_WORKER_URL', 'DATABASE_ADMIN_URL'] as const;
  const set = others.filter((name) => read[name] !== undefined);
  if (set.length === 0 || (set.length === others.length && read.DATABASE_URL !== undefined)) return [];
  return (['DATABASE_URL', ...others] as const)
    .filter((name) => read[name] === undefined)
    .map((name) => `${name}: expected a URL because ${set.join(' and ')} is set too, found nothing`);
}

/** An issuer without an audience would let in whoever has a token for any other program. */
function incompleteOidc(read: Variables): string[] {
  const set = (
    ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const
  ).filter((name) => read[name] !== undefined);
  if (set.length === 0) return [];
  const client = read.OIDC_CLIENT_SECRET === undefined ? [] : (['OIDC_CLIENT_ID'] as const);
  return (['OIDC_ISSUER', 'OIDC_AUDIENCE', ...client] as const)
    .filter((name) => read[name] === undefined)
    .map((name) => `${name}: expected a value because ${set.join(' and ')} is set too, found nothing`);
}

/** A server without a sender, or a sender without a server: somebody expects mails that nobody would get. */
function incompleteMail(read: Variables): string[] {
  const both = ['SMTP_URL', 'MAIL_FROM'] as const;
  const set = both.filter((name) => read[name] !== undefined);
  if (set.length !== 1) return [];
  return both
    .filter((name) => read[name] === undefined)
    .map((name) => `${name}: expected a value because ${set.join('')} is set too, found nothing`);
}
