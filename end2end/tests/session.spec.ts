// Signing in and out, languages, and doors that stay shut.

import { expect, test } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { people, words } from '../support/portal';

test('a wrong password is refused without telling whether the address exists', async ({ portal }) => {
  const answers: string[] = [];
  for (const email of [people.office, 'nikdo@nikde.example']) {
    await portal.open('/sign-in');
    await portal.fillSignIn(email, 'nejaké jiné heslo');
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

test('a lost password is replaced by a mailed link', async ({ portal, page }) => {
  await portal.open('/sign-in');
  await portal.link('Zapomněli jste heslo?').click();
  await expectGoodPage(page, 'sign-in-help');
  await portal.field('email').fill('nikdo@nikde.example');
  await portal.button('Poslat odkaz k novému heslu').click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole('status')).toContainText('Jestli se s touto adresou někdo přihlašuje');
  for (const address of ['/password?token=none', '/sign-in/link?token=none', '/address?token=none']) {
    await portal.open(address);
    await expect(portal.headline, address).toHaveText('Tento odkaz už neplatí');
  }
});

test('a passkey signs in instead of the password, and the password alone does not any more', async ({ visitor, server, javaScriptEnabled }) => {
  const portal = await visitor();
  const { page } = portal;
  // Browsers make keys for a name only.
  const site = server.url.replace('127.0.0.1', 'localhost');
  const use = portal.button('Použít klíč');
  await portal.open(`${site}/sign-in/passkey`);
  if (javaScriptEnabled === false) {
    await expect(use).toBeHidden();
    await expect(portal.main).toContainText('Klíč potřebuje zapnutý JavaScript');
    return;
  }
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await portal.open(`${site}/sign-in`);
  await portal.fillSignIn(people.office);
  await portal.open(`${site}/account/second-factor`);
  await portal.field('key_name').fill('Telefon');
  await portal.button('Přidat klíč').click();
  await expect(portal.main.locator('.row-title').filter({ hasText: 'Telefon' })).toBeVisible();
  const codes = await portal.main.getByRole('listitem').locator('code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await expectGoodPage(page, 'second-factor');

  const signOut = async () => {
    await portal.open(`${site}/account`);
    await portal.button(words.signOut).click();
    await expect(portal.link(words.signIn)).toBeVisible();
  };
  await signOut();
  await portal.open(`${site}/sign-in/passkey`);
  await use.click();
  await expect(page).not.toHaveURL(/sign-in/);
  await portal.open(`${site}/account`);
  await expect(portal.main).toContainText(people.office);

  await signOut();
  await portal.open(`${site}/sign-in`);
  await portal.fillSignIn(people.office);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await expectGoodPage(page, 'sign-in-code');
  await portal.field('one_time_code').fill('000000');
  await portal.button(words.signIn).click();
  await portal.expectProblemAt('one_time_code');
  await portal.field('one_time_code').fill(codes[0]!);
  await portal.button(words.signIn).click();
  await expect(page).not.toHaveURL(/sign-in/);

  await portal.open(`${site}/account/second-factor`);
  await portal.button('Vypnout').click();
  await expect(portal.main.locator('.row-title').filter({ hasText: 'Telefon' })).toHaveCount(0);
});
