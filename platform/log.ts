import pino, { type DestinationStream, type Logger, type LevelWithSilent } from 'pino';

export type LogLevel = LevelWithSilent;
export const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** What to say, after what may be said about it. */
export interface Write {
  (message: string): void;
  (fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** The log as the rest of the program sees it: no formats and no objects but fields, so that nothing gets past the list. */
export interface Log {
  readonly trace: Write;
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly fatal: Write;
  /** A log whose every line carries these fields. */
  child(fields: Readonly<Record<string, unknown>>): Log;
}

/**
 * Everything a log line may carry. A field that is not here is left out and only its name is told: who adds one decides
 * here, in sight of a reviewer, that it holds nothing of a person, a programme or a secret.
 */
const LOGGABLE = new Set([
  'adopted',
  'attempt',
  'attempts',
  'changed',
  'code',
  'component',
  'count',
  'durationMs',
  'err',
  'event',
  'host',
  'id',
  'jobId',
  'kind',
  'limitMs',
  'method',
  'migrations',
  'name',
  'operation',
  'pid',
  'port',
  'queue',
  'reason',
  'requestId',
  'scope',
  'scopes',
  'status',
  'step',
  'version',
]);

const STDERR = 2;

/** A log of JSON lines on stderr (or the given stream), where unlisted fields and credentials never appear. */
export function createLog(
  level: LogLevel,
  stream: DestinationStream = pino.destination({ fd: STDERR, sync: true }),
): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: onlyLoggable,
      },
      serializers: { err: describeError },
      hooks: {
        logMethod(args, method) {
          const scrubbed = args.map((part: unknown) => (typeof part === 'string' ? withoutCredentials(part) : part));
          Reflect.apply(method, this, scrubbed);
        },
      },
    },
    stream,
  );
  return narrow(logger);
}

function narrow(logger: Logger): Log {
  return {
    trace: logger.trace.bind(logger),
    debug: logger.debug.bind(logger),
    info: logger.info.bind(logger),
    warn: logger.warn.bind(logger),
    error: logger.error.bind(logger),
    fatal: logger.fatal.bind(logger),
    // pino sends the fields of a child past its formatters: the list must be applied before.
    child: (fields) => narrow(logger.child(onlyLoggable(fields))),
  };
}

function onlyLoggable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  const hidden: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (!LOGGABLE.has(name)) hidden.push(name);
    else shown[name] = name === 'err' ? value : plain(value);
  }
  return hidden.length === 0 ? shown : { ...shown, hidden };
}

const LONGEST_TEXT = 2_000;

/** Texts, numbers and short lists of them: a whole object under a name on the list would take with it what is on none. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return withoutCredentials(value).slice(0, LONGEST_TEXT);
  if (Array.isArray(value)) return value.map((item: unknown) => (typeof item === 'object' ? HIDDEN : plain(item)));
  return typeof value === 'object' && value !== null ? HIDDEN : value;
}

const HIDDEN = '(not a plain value)';

interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Only what describes the fault: libraries hang rows, queries and whole requests onto their errors. */
function describeError(thrown: unknown): ErrorDescription {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: withoutCredentials(String(thrown)) };
  const { name: type, cause } = thrown;
  const message = messageFit(thrown);
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type,
    message,
    ...('code' in thrown ? { code: plain(thrown.code) } : {}),
    ...(frames.length === 0 ? {} : { stack: withoutCredentials([`${type}: ${message}`, ...frames].join('\n')) }),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** As PostgreSQL names its errors; `ENOENT` and its like are longer or shorter, or no mistake to hide. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** The message of a database error may quote the statement with its values, which are anybody's text: its code and the constraint tell enough. */
function messageFit(error: Error): string {
  if (!('code' in error) || typeof error.code !== 'string' || !SQLSTATE.test(error.code))
    return withoutCredentials(error.message).slice(0, LONGEST_TEXT);
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? ` (${error.constraint})` : '';
  return `database error ${error.code}${constraint}`;
}

/**
 * Blanks passwords in URLs, API keys (`ccd_<environment>_<id>_<secret>_<checksum>`), bearer tokens and the tokens in addresses of
 * calendars and of ends of digests, wherever they stand in a text.
 */
export function withoutCredentials(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@]*@/gi, '$1:***@')
    .replace(/\b(ccd_[a-z]+_[A-Za-z0-9]{8})_[A-Za-z0-9_]+/g, '$1_***')
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '***')
    .replace(/(\/(?:calendars|unsubscribe)\/)[\w-]+/g, '$1***');
}
