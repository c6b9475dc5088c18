import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContextOptions, chromium as playwright, type Page } from 'playwright-core';
import { afterAll, expect, inject, onTestFinished } from 'vitest';

/** As whom the demo lets people look around. */
export const PEOPLE = ['coordinator', 'ngo', 'state', 'diaspora', 'observer'] as const;
export type PersonOfDemo = (typeof PEOPLE)[number];

/** The three widths that screenshots are looked at in: a phone, a tablet, a desk. */
export const WIDTHS = [360, 768, 1440] as const;

/** What a page did that no page of ours may do; every page is asked for it when its test ends. */
interface Misbehaviour {
  /** Requests to anywhere else than the hub. */
  readonly elsewhere: string[];
  /** What the browser refused because of the page's policy, and what broke. */
  readonly complaints: string[];
}

export type { Page };

export const hubUrl = inject('hubUrl');

let browser: Promise<Browser> | null = null;
afterAll(async () => {
  await (await browser)?.close();
});

/**
 * Not with the arguments that the package proposes: they put all pages into one process, which ends with the first of them, and switch off
 * the very protections that are tested here. Root may start no sandbox; what is looked at is our own.
 */
async function launch(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  return playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/**
 * A page of a person of its own: no cookie, nothing kept. When the test ends it fails if the page asked another host for anything, broke,
 * or did what its policy forbids.
 */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= launch();
  const context = await (
    await browser
  ).newContext({ baseURL: hubUrl, viewport: { width: 1440, height: 900 }, locale: 'en', ...options });
  const page = await context.newPage();
  const seen: Misbehaviour = { elsewhere: [], complaints: [] };
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(hubUrl).origin && !['data:', 'blob:'].includes(protocol)) seen.elsewhere.push(request.url());
  });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/Failed to load resource/.test(text)) seen.complaints.push(text);
  });
  onTestFinished(async () => {
    await context.close();
    expect(seen).toEqual({ elsewhere: [], complaints: [] });
  });
  return page;
}

interface SignIn extends BrowserContextOptions {
  /** The view that is looked at; default: the registry. */
  readonly at?: string;
}

/** Opens a view of the console as somebody of the demo, by one click, in a new browser of theirs. */
export async function signIn(person: PersonOfDemo, { at = '/registry', ...options }: SignIn = {}): Promise<Page> {
  const page = await openPage(options);
  await page.goto(at);
  await page.locator('section li button').nth(PEOPLE.indexOf(person)).click();
  await page.getByRole('navigation').waitFor();
  return page;
}

/** What axe finds wrong by WCAG 2.2 A and AA, each with where; empty is good. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  // React Aria announces there that a button waits, by pointing to the button, for seconds after it is gone.
  const { violations } = await new AxeBuilder({ page }).withTags(tags).exclude('[data-live-announcer]').analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** Keeps how a page looks at a width under docs/screens: `registry-360.png`. Without a width at all three. */
export async function shot(page: Page, name: string, width?: (typeof WIDTHS)[number]): Promise<void> {
  const folder = join(process.cwd(), 'docs/screens');
  await mkdir(folder, { recursive: true });
  for (const each of width === undefined ? WIDTHS : [width]) {
    await page.setViewportSize({ width: each, height: each < 700 ? 780 : 900 });
    await page.screenshot({ path: join(folder, `${name}-${String(each)}.png`) });
  }
}

/** Fails where something is wider than the page, so that a phone would scroll sideways. */
export async function expectNoSidewaysScroll(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 780 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
}
