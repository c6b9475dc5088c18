import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, VARIABLE_NAMES } from '../../platform/config.ts';
import { PlainError } from '../../platform/plain-error.ts';

function complaintOf(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof PlainError) return error.message;
    throw error;
  }
  throw new Error('These variables were accepted.');
}

const APP_URL = 'postgresql://concord_app:a@db/concord';
const WORKER_URL = 'postgresql://concord_worker:b@db/concord';
const ADMIN_URL = 'postgresql://concord_migrator:c@db/concord';

test('an empty environment gives a hub of its own on the loopback address', () => {
  expect(loadConfig({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    dataFolder: '.data',
    database: { kind: 'embedded' },
    replicaUrl: null,
    redisUrl: null,
    oidc: null,
    outbound: { publicUrl: 'http://127.0.0.1:4000', mail: null, digestHour: 6, webhooksToLoopback: false },
    execution: 'planned',
    budget: { perMinute: 30_000, perHour: 600_000, refusedPerMinute: 100 },
    proxies: 0,
    exportLicence: null,
    operations: null,
    otlpEndpoint: null,
    demo: true,
    logLevel: 'warn',
  });
});

test('every variable has its effect', () => {
  expect(
    loadConfig({
      PORT: '0',
      HOST: '::1',
      CONCORD_DATA: '/srv/concord',
      CONCORD_DEMO: 'off',
      CONCORD_EXECUTION: 'plain',
      COST_PER_MINUTE: '5000',
      REFUSED_PER_MINUTE: '20',
      COST_PER_HOUR: '50000',
      PROXIES: '2',
      DATABASE_URL: APP_URL,
      DATABASE_WORKER_URL: WORKER_URL,
      DATABASE_ADMIN_URL: ADMIN_URL,
      DATABASE_REPLICA_URL: 'postgresql://replica/concord',
      REDIS_URL: 'rediss://cache:6380',
      OIDC_ISSUER: 'https://id.example/realms/hub',
      OIDC_AUDIENCE: 'concord',
      OIDC_JWKS_URL: 'https://id.example/keys',
      OIDC_CLIENT_ID: 'console',
      OIDC_CLIENT_SECRET: 'hunter2',
      PUBLIC_URL: 'https://concord.example/',
      SMTP_URL: 'smtps://mail.example',
      MAIL_FROM: 'Concord <concord@example.org>',
      DIGEST_HOUR: '23',
      EXPORT_LICENCE: 'https://creativecommons.org/licenses/by/4.0/',
      CONCORD_WEBHOOK_LOOPBACK: 'on',
      METRICS_PORT: '9464',
      METRICS_HOST: '::1',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      LOG_LEVEL: 'debug',
    }),
  ).toEqual({
    port: 0,
    host: '::1',
    dataFolder: '/srv/concord',
    database: { kind: 'three-logins', appUrl: APP_URL, workerUrl: WORKER_URL, migratorUrl: ADMIN_URL },
    replicaUrl: 'postgresql://replica/concord',
    redisUrl: 'rediss://cache:6380',
    oidc: {
      issuer: 'https://id.example/realms/hub',
      audience: 'concord',
      jwksUrl: 'https://id.example/keys',
      client: { id: 'console', secret: 'hunter2' },
    },
    outbound: {
      publicUrl: 'https://concord.example',
      mail: { smtpUrl: 'smtps://mail.example', from: 'Concord <concord@example.org>' },
      digestHour: 23,
      webhooksToLoopback: true,
    },
    execution: 'plain',
    budget: { perMinute: 5_000, perHour: 50_000, refusedPerMinute: 20 },
    proxies: 2,
    exportLicence: 'https://creativecommons.org/licenses/by/4.0/',
    operations: { host: '::1', port: 9464 },
    otlpEndpoint: 'http://collector:4318',
    demo: false,
    logLevel: 'debug',
  });
});

test('one database URL alone means that Concord makes its logins there', () => {
  expect(loadConfig({ DATABASE_URL: APP_URL }).database).toEqual({ kind: 'one-login', url: APP_URL });
});

test('a variable that is set to nothing counts as not set, as compose files leave them', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: '', REDIS_URL: '' })).toEqual(loadConfig({}));
});

test('one message names every bad variable, what was expected and what was found', () => {
  const complaint = complaintOf({
    PORT: '99999',
    HOST: 'not a host',
    CONCORD_DEMO: 'yes',
    DATABASE_URL: 'mysql://db/concord',
    REDIS_URL: 'cache:6379',
    LOG_LEVEL: 'loud',
    CONCORD_DMEO: 'off',
  });
  expect(complaint.split('\n')).toEqual([
    'Concord cannot start with these environment variables:',
    '  PORT: expected a port number from 0 to 65535, found "99999"',
    '  HOST: expected a host name or address, found "not a host"',
    '  CONCORD_DEMO: expected on or off, found "yes"',
    '  DATABASE_URL: expected a URL such as postgresql://user:password@host:5432/database, found 18 characters (not shown, they may hold a password)',
    '  REDIS_URL: expected a URL such as redis://host:6379, found 10 characters (not shown, they may hold a password)',
    '  LOG_LEVEL: expected fatal, error, warn, info, debug, trace, silent, found "loud"',
    '  CONCORD_DMEO: expected one of CONCORD_DATA, CONCORD_DEMO, CONCORD_EXECUTION, CONCORD_WEBHOOK_LOOPBACK, found a name Concord does not know; probably misspelled',
  ]);
});

test('no part of a bad URL is repeated, wherever its password stands', () => {
  for (const url of ['mysql://user:hunter2@db/concord', 'user:hunter2@db', 'postgresql//hunter2', 'hunter2']) {
    expect(complaintOf({ DATABASE_URL: url })).not.toContain('hunter2');
  }
});

describe('the database logins', () => {
  test.each([
    [{ DATABASE_URL: APP_URL, DATABASE_WORKER_URL: WORKER_URL }, ['DATABASE_ADMIN_URL']],
    [{ DATABASE_URL: APP_URL, DATABASE_ADMIN_URL: ADMIN_URL }, ['DATABASE_WORKER_URL']],
    [{ DATABASE_WORKER_URL: WORKER_URL, DATABASE_ADMIN_URL: ADMIN_URL }, ['DATABASE_URL']],
    [{ DATABASE_ADMIN_URL: ADMIN_URL }, ['DATABASE_URL', 'DATABASE_WORKER_URL']],
  ])('come alone or all three: with %o the missing ones are named', (environment, missing) => {
    const lines = complaintOf(environment).split('\n').slice(1);
    expect(lines.map((line) => line.trim().split(':')[0])).toEqual(missing);
  });
});

describe('the issuer of tokens', () => {
  const ISSUER = 'https://id.example';

  test.each([
    [{ OIDC_ISSUER: ISSUER }, ['OIDC_AUDIENCE']],
    [{ OIDC_AUDIENCE: 'concord' }, ['OIDC_ISSUER']],
    [{ OIDC_JWKS_URL: ISSUER }, ['OIDC_ISSUER', 'OIDC_AUDIENCE']],
    [{ OIDC_CLIENT_ID: 'console' }, ['OIDC_ISSUER', 'OIDC_AUDIENCE']],
    [{ OIDC_ISSUER: ISSUER, OIDC_AUDIENCE: 'concord', OIDC_CLIENT_SECRET: 'hunter2' }, ['OIDC_CLIENT_ID']],
  ])('comes with its audience or not at all: with %o the missing ones are named', (environment, missing) => {
    const lines = complaintOf(environment).split('\n').slice(1);
    expect(lines.map((line) => line.trim().split(':')[0])).toEqual(missing);
  });

  test('is reached in the clear on this machine only', () => {
    const given = (issuer: string) => ({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'concord' });
    expect(complaintOf(given('http://id.example'))).toContain('OIDC_ISSUER: expected a URL that begins with https://');
    expect(loadConfig(given('http://localhost:8080')).oidc).toMatchObject({ issuer: 'http://localhost:8080' });
  });
});

describe('mail', () => {
  test.each([
    [{ SMTP_URL: 'smtp://mail.example' }, 'MAIL_FROM'],
    [{ MAIL_FROM: 'concord@example.org' }, 'SMTP_URL'],
  ])('has a server and a sender or neither: with %o the other is named', (environment, missing) => {
    expect(complaintOf(environment)).toContain(`${missing}: expected a value because`);
  });

  test('is from one address, in one line', () => {
    const given = (from: string) => ({ SMTP_URL: 'smtp://mail.example', MAIL_FROM: from });
    for (const from of ['concord', 'a@b\r\nBcc: c@d', 'Concord <concord>'])
      expect(complaintOf(given(from))).toContain('MAIL_FROM: expected an address');
    expect(loadConfig(given('concord@example.org')).outbound.mail).toMatchObject({ from: 'concord@example.org' });
  });

  test('goes out at an hour of the day', () => {
    expect(complaintOf({ DIGEST_HOUR: '24' })).toContain('DIGEST_HOUR: expected an hour from 0 to 23, found "24"');
  });
});

test('variables of tests and of other programs are none of its business', () => {
  const others = { CONCORD_REALDATA: '/data', CONCORD_TEST_DATABASE_URL: APP_URL, PATH: '/bin', PORTS: 'x' };
  expect(loadConfig(others)).toEqual(loadConfig({}));
});

test('.env.example lists exactly the variables that are read, with defaults that are the defaults', async () => {
  const text = await readFile(join(import.meta.dirname, '../../.env.example'), 'utf8');
  const listed = [...text.matchAll(/^#?\s?([A-Z][A-Z_]+)=(.*)$/gm)];
  expect(listed.map(([, name]) => name).toSorted()).toEqual([...VARIABLE_NAMES].toSorted());
  const example = Object.fromEntries(listed.map(([, name, value]) => [name, value]));
  expect(loadConfig(example)).toEqual(loadConfig({}));
});
