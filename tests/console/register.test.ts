import { expect, test } from 'vitest';
import { expectNoSidewaysScroll, findBarriers, shot, signIn } from './browser.ts';

test('a programme is begun, survives a reload, is registered, and has a campaign and an entry below it', async () => {
  const page = await signIn('ngo');
  const name = `Tea stall talks ${String(Date.now())}`;
  await page.goto('/registry');
  await page.getByRole('link', { name: 'Register a programme' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Countries' }).click();
  await page.getByRole('searchbox', { name: 'Countries' }).fill('banglad');
  await page.getByRole('option', { name: 'Bangladesh' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByText('This is what you had begun.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(name);
  await page.getByRole('button', { name: 'Countries' }).filter({ hasText: 'Bangladesh' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await shot(page, 'register');
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText(`“${name}” is registered.`).waitFor();
  await page.getByRole('link', { name: 'Plan a campaign' }).click();
  await page.getByText(`In “${name}”.`).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill(`${name}: first round`);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('link', { name: 'Add a calendar entry' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('First evening');
  const days = page.getByRole('group', { name: 'First and last day' });
  for (const [at, part] of ['3', '1', '2027', '3', '2', '2027'].entries()) {
    await days.getByRole('spinbutton').nth(at).pressSequentially(part);
  }
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText('“First evening” is registered.').waitFor();
  // What was sent is no draft any more.
  await page.goto('/registry/register');
  await page.getByRole('heading', { name: 'Register a programme' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('');
});

test('what the hub finds wrong is said at its field, and the draft stays', async () => {
  const page = await signIn('ngo');
  await page.goto('/registry/register');
  await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(2_000));
  await page.getByRole('button', { name: 'Register' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await page.locator('[data-invalid] input').first().waitFor();
  const described = (await name.getAttribute('aria-describedby')) ?? '';
  const problem = await page
    .locator(
      described
        .split(' ')
        .map((id) => `[id="${id}"]`)
        .join(),
    )
    .allInnerTexts();
  expect(problem.join(' ')).toMatch(/character/);
  expect(await findBarriers(page)).toEqual([]);
});

test('whoever only reads is offered no form', async () => {
  const page = await signIn('observer');
  await page.goto('/registry');
  await page.getByRole('row').nth(1).waitFor();
  expect(await page.getByRole('link', { name: 'Register a programme' }).count()).toBe(0);
});

test('the form runs from right to left in Arabic', async () => {
  const page = await signIn('coordinator', { locale: 'ar' });
  await page.goto('/registry/register');
  await page.getByRole('heading', { name: 'تسجيل برنامج', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'البلدان' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await expectNoSidewaysScroll(page, 360);
  await shot(page, 'register-arabic', 360);
});
