import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, type Page, type PersonOfDemo, shot, signIn } from './browser.ts';

const ASSOCIATION = 'Example Rohingya Community Association, Klang Valley';
const STATE = 'Bangladesh (Bali Process member)';
const NAMED = 'Named to you because both endorsed it.';

/** Where the joint campaigns are that are suggested to somebody. */
async function suggestedTo(page: Page): Promise<readonly string[]> {
  await page.goto('/suggestions?kind=JOINT_CAMPAIGN');
  await page.getByRole('article').first().waitFor();
  const more = page.getByRole('button', { name: /^Show more/ });
  while ((await more.count()) > 0) {
    const shown = await page.getByRole('article').count();
    await more.click();
    await page.getByRole('article').nth(shown).waitFor();
  }
  const links = await page.getByRole('article').getByRole('heading', { level: 2 }).getByRole('link').all();
  return Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
}

async function look(page: Page, path: string): Promise<string> {
  await page.goto(path);
  await page.getByRole('heading', { name: 'As each side sees it' }).waitFor();
  return page.getByRole('main').innerText();
}

/** What a state and a diaspora association are both suggested: the latter releases only coarse facts, and is named to nobody. */
async function findBlindMatch(state: Page, diaspora: Page): Promise<string> {
  const [toState, toDiaspora] = [await suggestedTo(state), await suggestedTo(diaspora)];
  const found = toState.find((path) => toDiaspora.includes(path));
  if (found === undefined) throw new Error('the demo suggests nothing to both');
  return found;
}

/** Asks a participant of the suggestion who was not asked at the start; what was chosen survives a reload. */
async function inviteAnother(lead: Page): Promise<void> {
  const parts = lead.getByRole('grid', { name: 'Parts' }).getByRole('row');
  const before = await parts.count();
  await lead.getByRole('button', { name: /Further participants/ }).click();
  await lead.getByRole('option').first().click();
  await lead.keyboard.press('Escape');
  await lead.reload();
  await lead.getByRole('heading', { name: 'Ask others too' }).waitFor();
  expect(await findBarriers(lead)).toEqual([]);
  await lead.getByRole('button', { name: 'Invite', exact: true }).click();
  await lead.getByText('invited others.').waitFor();
  expect(await parts.count()).toBe(before + 1);
}

/** Adds a task to an own part, with a day that is typed; it survives a reload before it is sent. */
async function addTaskAndDoIt(member: Page): Promise<void> {
  const tasks = member.getByRole('region', { name: 'Your tasks' });
  await tasks.getByLabel('Add a task').fill('Print the posters');
  await tasks.getByRole('spinbutton').first().click();
  await member.keyboard.type('01152027');
  await member.reload();
  expect(await tasks.getByLabel('Add a task').inputValue()).toBe('Print the posters');
  await tasks.getByRole('button', { name: 'Add', exact: true }).click();
  const added = tasks.getByRole('listitem').filter({ hasText: 'Print the posters' });
  await added.getByRole('button', { name: 'Done' }).click();
  await added.getByText('done', { exact: true }).waitFor();
}

/** Once it was closed one says what came of it, and the other agrees to its being published. */
async function sayWhatCameOfIt(lead: Page, other: Page, path: string): Promise<void> {
  await requireNothing(lead);
  await moveToNow(lead, path);
  await lead.reload();
  await lead.getByRole('button', { name: 'Begin it for all' }).click();
  await lead.getByRole('button', { name: 'Close it' }).click();
  await lead.getByLabel('What was achieved').fill('Fewer people boarded without asking.');
  await lead.getByLabel('People reached').fill('1,200');
  await lead.getByLabel('How that was counted').fill('Calls to the hotline');
  await lead.reload();
  expect(await lead.getByLabel('People reached').inputValue()).toBe('1,200');
  await lead.getByRole('button', { name: 'Record it' }).click();
  const said = lead.getByRole('region', { name: 'What came of it' }).getByRole('listitem');
  await said.getByText('1,200 people reached.').waitFor();
  await said.getByText('Not yet agreed to publish').waitFor();
  expect(await findBarriers(lead)).toEqual([]);
  await expectNoSidewaysScroll(lead, 360);
  await shot(lead, 'joint-campaign-outcome', 360);
  await shot(lead, 'joint-campaign-outcome', 1440);

  await other.goto(path);
  await other.getByText('Fewer people boarded without asking.').waitFor();
  await other.getByRole('button', { name: 'Agree to publish' }).click();
  await other.getByText('All agree to publish').waitFor();
  await other.getByRole('button', { name: 'Take your consent back' }).waitFor();
  expect(await findBarriers(other)).toEqual([]);
  await lead.reload();
  await lead.getByText('An editor of your organisation can publish it').waitFor();
}

/** To whom the actor is shown for whom somebody acts; the console has no form for it. */
async function showActorTo(editor: Page, visibility: 'MEMBERS' | 'PARTNERS'): Promise<void> {
  const ask = async (query: string, variables: object): Promise<unknown> => {
    const response = await editor.request.post('/graphql', {
      headers: { 'concord-session': 'cookie' },
      data: { query, variables },
    });
    return response.json();
  };
  const read = (await ask('{ viewer { actor { id version } } }', {})) as {
    data: { viewer: { actor: { id: string; version: number } } };
  };
  const { id, version: expectedVersion } = read.data.viewer.actor;
  const answer = await ask(
    'mutation($input: ReviseActorInput!) { reviseActor(input: $input) { __typename ... on Problem { message } } }',
    { input: { id, expectedVersion, visibility } },
  );
  expect(answer).toMatchObject({ data: { reviseActor: { __typename: 'Actor' } } });
}

/** Also the other says what came of it, all agree, and an editor makes a case study of it, once. */
async function publishIt(editor: Page, other: Page, path: string): Promise<void> {
  const title = `Elders on the radio ${String(Date.now())}`;
  await editor.getByLabel('What was achieved').fill('More people called before they paid.');
  await editor.getByRole('button', { name: 'Record it' }).click();
  await editor.getByText('More people called before they paid.').first().waitFor();
  expect(await editor.getByRole('heading', { name: 'Publish as a case study' }).count()).toBe(0);
  await other.goto(path);
  await other
    .getByRole('listitem')
    .filter({ hasText: 'More people called' })
    .getByRole('button', { name: 'Agree to publish' })
    .click();
  await other.getByText('You agree to its being published.').waitFor();
  await editor.reload();
  const form = editor.getByRole('region', { name: 'Publish as a case study' });
  await form.getByLabel('Title').fill(title);
  await form.getByLabel('In a paragraph').fill('Elders answered on air what young people had asked.');
  await form.getByLabel('What was done').fill('Six evenings, each with one elder and a nurse.');
  await form.getByRole('button', { name: 'By what channels' }).click();
  await editor.getByRole('searchbox').fill('radio');
  await editor.getByRole('option').first().click();
  await editor.keyboard.press('Escape');
  await editor.keyboard.press('Escape');
  await editor.reload();
  expect(await form.getByLabel('Title').inputValue()).toBe(title);
  expect(await findBarriers(editor)).toEqual([]);
  await expectNoSidewaysScroll(editor, 360);
  await form.evaluate(toTheMiddle);
  await shot(editor, 'joint-campaign-publish', 360);
  await form.evaluate(toTheMiddle);
  await shot(editor, 'joint-campaign-publish', 1440);
  await lookInArabic('diaspora', path, 'النشر كدراسة حالة', 'joint-campaign-publish-arabic');
  await form.getByRole('button', { name: 'Publish', exact: true }).click();
  // Whom only partners may see tells the members nothing; what was written stays.
  await form.getByRole('alert').getByText('make the actor visible to MEMBERS first').waitFor();
  await showActorTo(editor, 'MEMBERS');
  await form.getByRole('button', { name: 'Publish', exact: true }).click();
  await editor.getByText('published as a case study', { exact: true }).waitFor();
  await editor.getByText('made a case study of it.').waitFor();
  expect(await form.count()).toBe(0);
  const found = (await (
    await other.request.post('/graphql', {
      headers: { 'concord-session': 'cookie' },
      data: { query: '{ caseStudies(first: 100) { nodes { title } } }' },
    })
  ).json()) as { data: { caseStudies: { nodes: { title: string }[] } } };
  expect(found.data.caseStudies.nodes.filter((study) => study.title === title)).toHaveLength(1);
  await showActorTo(editor, 'PARTNERS');
}

const toTheMiddle = (element: Element): void => {
  element.scrollIntoView({ block: 'center' });
};

/** The same page from right to left, with a form in the middle of it. */
async function lookInArabic(person: PersonOfDemo, path: string, form: string, name: string): Promise<void> {
  const arabic = await signIn(person, { at: path, locale: 'ar' });
  const region = arabic.getByRole('region', { name: form });
  await region.waitFor();
  expect(await findBarriers(arabic)).toEqual([]);
  await expectNoSidewaysScroll(arabic, 360);
  await region.evaluate(toTheMiddle);
  await shot(arabic, name, 360);
}

/** The lead requires no part any more; what was chosen survives a reload. */
async function requireNothing(lead: Page): Promise<void> {
  const panel = lead.getByRole('region', { name: 'Who must be ready' });
  const ticks = panel.getByRole('checkbox');
  const parts = await ticks.count();
  expect(parts).toBeGreaterThan(1);
  // The box is drawn by us; what is pressed is its label.
  for (let at = 0; at < parts; at += 1) {
    if (await ticks.nth(at).isChecked()) await ticks.nth(at).press('Space');
  }
  await lead.reload();
  await ticks.nth(parts - 1).waitFor({ state: 'attached' });
  expect(await panel.getByRole('checkbox', { checked: true }).count()).toBe(0);
  expect(await findBarriers(lead)).toEqual([]);
  await expectNoSidewaysScroll(lead, 360);
  await panel.evaluate(toTheMiddle);
  await shot(lead, 'joint-campaign-required', 360);
  await panel.evaluate(toTheMiddle);
  await shot(lead, 'joint-campaign-required', 1440);
  await lookInArabic('state', new URL(lead.url()).pathname, 'من يجب أن يكون جاهزًا', 'joint-campaign-required-arabic');
  await panel.getByRole('button', { name: 'Save' }).click();
  await lead.getByText('changed which parts are required.').waitFor();
  await lead
    .getByRole('grid', { name: 'Parts' })
    .getByText('not required')
    .nth(parts - 1)
    .waitFor();
}

/** What the calendar of a test cannot wait for: the lead moves the window to where we are. */
async function moveToNow(lead: Page, path: string): Promise<void> {
  const id = path.split('/').at(-1) ?? '';
  const answer = await lead.evaluate(async (joint) => {
    const ask = async (query: string, variables: object): Promise<Record<string, never>> => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'concord-session': 'cookie' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Record<string, never>;
    };
    const read = (await ask('query($id: ID!) { node(id: $id) { ... on JointCampaign { version } } }', {
      id: joint,
    })) as unknown as { data: { node: { version: number } } };
    const { version } = read.data.node;
    const day = (shift: number): string => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
    return ask(
      'mutation($input: ReviseJointCampaignInput!) { reviseJointCampaign(input: $input) { __typename ... on Problem { message } } }',
      {
        input: {
          id: joint,
          expectedVersion: version,
          window: { start: day(-1), end: day(30) },
        },
      },
    );
  }, id);
  expect(answer).toMatchObject({ data: { reviseJointCampaign: { __typename: 'JointCampaign' } } });
}

test('both sides of a blind match see it each in its own way until both endorse it, then prepare it together', async () => {
  const state = await signIn('state', { at: '/suggestions' });
  const diaspora = await signIn('diaspora', { at: '/suggestions' });
  const path = await findBlindMatch(state, diaspora);

  const seenByState = await look(state, path);
  expect(seenByState).toContain('Somebody who is not named to you');
  expect(seenByState).toContain('Released roughly: countries, whole months and themes only.');
  expect(seenByState).not.toContain(ASSOCIATION);
  expect(await look(diaspora, path)).toContain(STATE);
  await diaspora.getByText('They do not see this record, nor your name').first().waitFor();
  await shot(state, 'suggestion-state', 1440);
  await shot(diaspora, 'suggestion-diaspora', 1440);

  await state.getByRole('button', { name: 'Endorse' }).click();
  await state.getByText('You endorse it', { exact: true }).waitFor();
  expect(await look(diaspora, path)).not.toContain(NAMED);
  await diaspora.getByRole('button', { name: 'Endorse' }).click();
  await diaspora.getByText('You endorse it', { exact: true }).waitFor();
  await expect.poll(() => look(state, path), { timeout: 30_000, interval: 500 }).toContain(ASSOCIATION);
  await state.getByText(NAMED).first().waitFor();
  expect(await findBarriers(state)).toEqual([]);

  const coordinator = await signIn('coordinator', { at: path });
  const seenByCoordinator = await look(coordinator, path);
  expect(seenByCoordinator).not.toContain(NAMED);
  expect(seenByCoordinator).not.toContain('Agreed');

  await state.getByRole('button', { name: 'Start joint campaign …' }).click();
  await state.getByLabel('Name').fill('Two coasts ask first');
  expect(await findBarriers(state)).toEqual([]);
  await state.getByRole('button', { name: 'Start and invite' }).click();
  await state.getByRole('heading', { name: 'Two coasts ask first', level: 1 }).waitFor();
  await state.getByRole('heading', { name: 'You lead' }).waitFor();

  await diaspora.goto('/today');
  await diaspora.getByText('Invitation to a joint campaign').first().waitFor();
  await diaspora.getByRole('link', { name: 'Answer', exact: true }).first().click();
  await diaspora.getByRole('heading', { name: 'You are invited: Malaysia' }).first().waitFor();
  await diaspora.getByText('Messages and decisions are shown to those who accepted.').waitFor();
  expect(await findBarriers(diaspora)).toEqual([]);
  await diaspora.getByLabel('What it brings').first().fill('Voice notes by elders');
  await diaspora.getByLabel('Languages spoken').first().fill('rhg');
  await diaspora.getByRole('button', { name: 'Accept', exact: true }).first().click();
  await diaspora.getByRole('heading', { name: 'Your part: Malaysia' }).first().waitFor();
  expect(await diaspora.getByRole('main').innerText()).toContain(STATE);

  await diaspora.getByLabel('Propose a message').fill('Ask before you board.');
  await diaspora.getByLabel('Language', { exact: true }).fill('en');
  await diaspora.getByRole('button', { name: 'Propose for review' }).click();
  await diaspora.getByText('Ask before you board.').waitFor();
  await state.reload();
  await state.getByText('Ask before you board.').waitFor();
  await state.getByRole('button', { name: 'Approve' }).click();
  await state.getByText('approved a message.').waitFor();

  await state
    .getByRole('button', { name: /keep them in/ })
    .first()
    .click();
  await state.getByRole('option').nth(1).click();
  await state.getByRole('button', { name: 'Confirm the dates', exact: true }).first().click();
  await state.getByText('confirmed the dates.').waitFor();
  expect(await state.getByRole('main').innerText()).toContain('Voice notes by elders');
  expect(await findBarriers(state)).toEqual([]);
  await expectNoSidewaysScroll(state, 360);
  await shot(state, 'joint-campaign');

  await inviteAnother(state);
  await addTaskAndDoIt(state);

  // Not every part is ready: the hub says what is missing.
  await state.getByRole('button', { name: 'Begin it for all' }).click();
  await state.getByRole('main').getByRole('alert').waitFor();

  const { pathname } = new URL(state.url());
  await sayWhatCameOfIt(state, diaspora, pathname);
  await publishIt(diaspora, state, pathname);
  await state.goto('/joint-campaigns');
  await state.getByRole('button', { name: 'Which' }).click();
  await state.getByRole('option', { name: 'Over' }).click();
  await state.getByRole('link', { name: 'Two coasts ask first' }).waitFor();
  expect(await findBarriers(state)).toEqual([]);
  await shot(state, 'joint-campaigns', 1440);

  const arabic = await signIn('diaspora', { at: pathname, locale: 'ar', colorScheme: 'dark' });
  await arabic.getByRole('heading', { name: 'سجل القرارات' }).waitFor();
  expect(await findBarriers(arabic)).toEqual([]);
  await expectNoSidewaysScroll(arabic, 360);

  const observer = await signIn('observer', { at: pathname });
  await observer.getByText('There is no such joint campaign, or you take no part in it.').waitFor();
}, 240_000);

test('whoever takes part in none is told how one begins', async () => {
  const page = await signIn('observer', { at: '/joint-campaigns' });
  await page.getByText('You take part in none here.').waitFor();
  expect(await findBarriers(page)).toEqual([]);
}, 90_000);
