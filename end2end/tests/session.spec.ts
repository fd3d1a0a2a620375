// Signing in and out, languages, and doors that stay shut.

import { expect, test } from '../support/fixtures';
import { people, words } from '../support/portal';

test('a wrong password is refused without telling whether the address exists', async ({ portal }) => {
  const answers: string[] = [];
  for (const email of [people.office, 'nikdo@nikde.example']) {
    await portal.signIn(email, 'nejaké jiné heslo');
    await expect(portal.errorSummary).toContainText(words.signInFailed);
    await expect(portal.field('email'), 'the address stays').toHaveValue(email);
    await expect(portal.field('password')).toHaveValue('');
    answers.push(await portal.errorSummary.innerText());
  }
  expect(answers[0]).toBe(answers[1]);
  await portal.open('/requests');
  await portal.expectSignIn();
});

test('signing out ends it, also for the way back', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.open('/requests');
  await expect(page).toHaveURL(/\/requests$/);
  await portal.open('/account');
  await portal.button(words.signOut).click();
  await expect(portal.link(words.signIn)).toBeVisible();

  await page.goBack();
  await portal.expectSignIn();
  for (const address of ['/requests', '/order', '/account']) {
    await portal.open(address);
    await portal.expectSignIn();
  }
});

test('the other language, on the same page, and it stays', async ({ portal, page }) => {
  await portal.open('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'cs');
  const czech = await portal.headline.innerText();
  await portal.control(words.english).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/$/);
  await expect(portal.headline).not.toHaveText(czech);

  await portal.open('/sign-in');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await portal.control(words.czech).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'cs');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a number alone opens nothing', async ({ portal, visitor }) => {
  await portal.signIn(people.school);
  const number = await portal.order();

  const stranger = await visitor();
  for (const address of [`/requests/${number}`, `/requests/${number}/move`, `/requests/${number}/cancel`]) {
    await stranger.open(address);
    await stranger.expectSignIn();
  }
  await stranger.signIn(people.office);
  for (const address of [`/requests/${number}`, `/requests/${number}/move`, `/requests/${number}/calendar.ics`]) {
    const answer = await stranger.page.request.get(address);
    expect(answer.status(), address).toBe(404);
  }
});

test('everybody begins where their work is', async ({ visitor }) => {
  for (const [who, home] of [
    [people.school, /:\d+\/$/],
    [people.dispatcher, /\/desk$/],
    [people.technician, /\/work$/],
  ] as const) {
    const portal = await visitor();
    await portal.signIn(who);
    await expect(portal.page, who).toHaveURL(home);
  }
});
