import { expect, test } from 'vitest';
import { findBarriers, openPage, type Page, PEOPLE, shot, signIn } from './browser.ts';

const LONG_MS = 90_000;

interface Listed {
  readonly id: string;
  readonly title: string;
}

/** Open suggestions that a page's viewer can answer, as its own requests read them. */
function answerable(page: Page): Promise<readonly Listed[]> {
  return page.evaluate(async () => {
    const query =
      '{ suggestions(first: 50, filter: { addressedToMe: true, statuses: [OPEN], kinds: [JOINT_CAMPAIGN] }) { nodes { id title } } }';
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'concord-session': 'cookie' },
      body: JSON.stringify({ query }),
    });
    const answer = (await response.json()) as { data: { suggestions: { nodes: Listed[] } } };
    return answer.data.suggestions.nodes;
  });
}

/** Pages look whether the hub has a line for them; what happens before, they read when they open. */
const listening = (page: Page): Promise<unknown> =>
  page.waitForResponse((response) => response.url().endsWith('/graphql/stream'));

test(
  'one side endorses and the other sees it without a reload, announced, and not while it writes',
  async () => {
    const [state, diaspora] = [await signIn('state', { at: '/today' }), await signIn('diaspora', { at: '/today' })];
    const theirs = new Set((await answerable(diaspora)).map(({ id }) => id));
    const shared = (await answerable(state)).find(({ id }) => theirs.has(id));
    if (!shared) throw new Error('the demo has no open suggestion for both');
    const heard = listening(state);
    await state.goto(`/suggestions/${shared.id}`);
    await heard;
    await diaspora.goto(`/suggestions/${shared.id}`);
    await state.getByRole('button', { name: 'Endorse' }).click();
    await state.getByRole('button', { name: 'Take answer back' }).waitFor();
    // Somebody writes a reason: nothing moves under their hands until they are done.
    await state.getByRole('button', { name: 'Dismiss …' }).click();
    const reason = state.getByLabel('Why, for everybody to read');
    await reason.fill('half a sent');
    await diaspora.getByRole('button', { name: 'Endorse' }).click();
    await state.getByText(/You are writing/).waitFor();
    expect(await reason.inputValue()).toBe('half a sent');
    await state.keyboard.press('Escape');
    await state.getByRole('button', { name: 'Start joint campaign …' }).waitFor();
    const status = state.getByRole('status').filter({ hasText: '1 suggestion is new or has changed.' });
    await status.waitFor();
    expect(await findBarriers(state)).toEqual([]);
    await shot(state, 'live', 1440);
    await diaspora.getByRole('button', { name: 'Start joint campaign …' }).waitFor();
  },
  LONG_MS,
);

test(
  'two pages of one browser share a line, and the second takes over when the first is closed',
  async () => {
    const page = await openPage();
    const context = page.context();
    await page.goto('/today');
    const heard = listening(page);
    await page.locator('section li button').nth(PEOPLE.indexOf('diaspora')).click();
    await heard;
    const second = await context.newPage();
    let lines = 0;
    second.on('request', (request) => (lines += request.url().endsWith('/graphql/stream') ? 1 : 0));
    await second.goto('/today');
    await second.getByRole('heading', { name: 'Needs your answer' }).waitFor();
    expect(lines).toBe(0);
    const taken = listening(second);
    await page.close();
    await taken;
    await second.close();
  },
  LONG_MS,
);
