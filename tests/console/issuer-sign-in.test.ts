import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { OAuth2Server } from 'oauth2-mock-server';
import { type Browser, chromium as playwright, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { findBarriers, shot } from './browser.ts';

const LONG_MS = 120_000;
let issuer: OAuth2Server;
let url: string;
let folder: string;
let hub: ChildProcess;
let browser: Browser;

beforeAll(async () => {
  issuer = new OAuth2Server();
  await issuer.issuer.keys.generate('RS256');
  await issuer.start(0, '127.0.0.1');
  folder = await mkdtemp(join(tmpdir(), 'concord-issuer-'));
  const port = await freePort();
  url = `http://127.0.0.1:${String(port)}`;
  hub = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      CONCORD_DATA: folder,
      OIDC_ISSUER: issuer.issuer.url,
      OIDC_AUDIENCE: 'concord',
      OIDC_CLIENT_ID: 'console',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  while (!printed.includes('is ready after')) {
    const [chunk] = (await once(hub.stdout ?? hub, 'data')) as [Buffer];
    printed += String(chunk);
  }
  const executablePath = await chromium.executablePath();
  browser = await playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}, LONG_MS);

afterAll(async () => {
  await browser.close();
  hub.kill('SIGTERM');
  await once(hub, 'exit');
  await issuer.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Whom the issuer takes whoever comes for. */
function comesAs(subject: string): void {
  issuer.service.removeAllListeners('beforeTokenSigning');
  issuer.service.on('beforeTokenSigning', ({ payload }: { payload: object }) =>
    Object.assign(payload, { sub: subject }),
  );
}

async function letIn(subject: string, role: string, by: 'coordinator' | 'ngo' = 'coordinator'): Promise<void> {
  const keys = JSON.parse(await readFile(join(folder, 'demo-keys.json'), 'utf8')) as Record<typeof by, string>;
  const query = 'mutation ($input: GrantMembershipInput!) { grantMembership(input: $input) { __typename } }';
  const input = { issuer: issuer.issuer.url, subject, label: 'Amina Example', role };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${keys[by]}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  expect(await response.json()).toMatchObject({ data: { grantMembership: { __typename: 'Membership' } } });
}

async function open(at: string, locale = 'en'): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale });
  const page = await context.newPage();
  await page.goto(at);
  return page;
}

test(
  'whom nobody let in is told whom to ask; let in, they come back to where they were, with nothing that scripts could read',
  async () => {
    comesAs('amina-7');
    const page = await open('/map');
    const { host } = new URL(issuer.issuer.url ?? '');
    await page.getByRole('button', { name: `Sign in at ${host}` }).click();
    await page.getByText('nobody has let you into this hub').waitFor();
    await page.getByText('amina-7').waitFor();
    expect(page.url()).toBe(`${url}/map`);
    expect(await findBarriers(page)).toEqual([]);
    await shot(page, 'sign-in-unknown');

    await letIn('amina-7', 'COORDINATOR');
    await page.goto('/map');
    await page.getByRole('button', { name: `Sign in at ${host}` }).click();
    await page.getByText('Amina Example').waitFor();
    await page.getByRole('navigation').waitFor();
    expect(page.url()).toBe(`${url}/map`);
    const readable = await page.evaluate(() =>
      JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
    );
    expect(readable).not.toMatch(/ccd_|concord-s|eyJ/);
    expect(await page.context().cookies(url)).toMatchObject([
      { name: 'concord-session', httpOnly: true, sameSite: 'Strict' },
    ]);
    await page.reload();
    await page.getByText('Amina Example').waitFor();
    await page.context().close();
  },
  LONG_MS,
);

test(
  'somebody with two memberships says for whom; in Arabic it runs from right to left, and is free of barriers',
  async () => {
    comesAs('busy-1');
    await letIn('busy-1', 'COORDINATOR');
    await letIn('busy-1', 'VIEWER', 'ngo');
    const page = await open('/', 'ar');
    await page.getByRole('button', { name: 'سجّل الدخول عبر' }).click();
    await page.getByText('باسم من تعمل اليوم؟').waitFor();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    expect(await findBarriers(page)).toEqual([]);
    await shot(page, 'sign-in-choice-arabic', 360);
    await page.locator('section[aria-labelledby=issuer] li button').last().click();
    await page.getByRole('navigation').waitFor();
    await page.context().close();
  },
  LONG_MS,
);

test(
  'while the issuer is away the page says so, and keys go on',
  async () => {
    const page = await open('/');
    issuer.service.once('beforeResponse', (response: { statusCode: number; body: object }) => {
      Object.assign(response, { statusCode: 500, body: {} });
    });
    await page.getByRole('button', { name: /^Sign in at/ }).click();
    await page.getByText('The sign-in service does not answer.').waitFor();
    await page.locator('section li button').first().click();
    await page.getByRole('navigation').waitFor();
    await page.context().close();
  },
  LONG_MS,
);
