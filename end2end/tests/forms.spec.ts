// What becomes of a form that does not reach its aim at once: refused, too late, too much, by Back, without its islands.

import { expect, test } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { details, PASSWORD, people, words } from '../support/portal';
import { Bench, orderFromSomebody } from '../support/work';

test('Back after an order was sent leads to its request', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderUpToTime();
  await portal.pickSlot();
  const order = page.url().replace(/\/confirm$/, '');
  const number = await portal.confirm();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/requests/${number}$`));
  // Where a part of the first screen had a page once.
  await portal.open(`${order}/details`);
  await expect(page).toHaveURL(new RegExp(`/requests/${number}$`));
  await expect(portal.control(words.move)).toBeVisible();
});

test('a form that is done says so once', async ({ portal, page }) => {
  await portal.signIn(people.dispatcher);
  await portal.open('/account/mails');
  await expect(page.locator('.done')).toHaveCount(0);
  await portal.button('Uložit').click();
  await expect(page.getByRole('status').filter({ hasText: 'Uloženo.' })).toBeVisible();
  await expect(page).toHaveTitle(/^Uloženo\. /);
  await expectGoodPage(page, 'staff-mails-saved');
  await page.reload();
  await expect(page.locator('.done')).toHaveCount(0);
  await portal.open('/desk/queue');
  await page.goBack();
  await expect(page.locator('.done'), 'Back asks for the page anew').toHaveCount(0);
});

test('a refused form stands at the address of its page', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  const address = page.url();
  await portal.field('what_happened').fill('krátké');
  await portal.button(words.next).click();
  await expect(portal.errorSummary).toBeVisible();
  expect(page.url().split('&')[0]).toBe(address);
  await page.reload();
  await expect(portal.errorSummary).toBeVisible();
  await expect(portal.field('what_happened')).toHaveValue('krátké');

  // As from a bookmark
  await portal.open(address);
  await expect(portal.errorSummary).toHaveCount(0);
  await expect(portal.field('what_happened')).toHaveValue('');

  await portal.field('what_happened').fill('krátké');
  await portal.button(words.next).click();
  await expect(portal.errorSummary).toBeVisible();
  await portal.orderWorkType();
  await portal.orderDetails();
  await portal.orderNormal();
  await page.goBack();
  await expect(portal.field('what_happened'), 'what was sent, on a page that can be opened again').toHaveValue(details.what_happened);
});

test('what was typed while the session ended stands there after signing in again', async ({ portal, page, visitor }) => {
  await portal.signIn(people.kitchen);
  await portal.orderProgram();
  await portal.orderWorkType();
  for (const [name, value] of Object.entries(details)) await portal.field(name).fill(value);

  // Meanwhile somebody ends all other sessions of the account, from another computer.
  const other = await visitor();
  await other.signIn(people.kitchen);
  await other.open('/account');
  await other.button(words.signOutElsewhere).click();

  await portal.button(words.next).click();
  await portal.expectSignIn();
  expect(page.url()).not.toContain('Sklad');
  await portal.fillSignIn(people.kitchen);
  await expect(page).toHaveURL(/\/order\?draft=[^&]*&kept=/);
  await expect(portal.errorSummary).toContainText('mezitím vypršelo přihlášení');
  for (const [name, value] of Object.entries(details)) await expect(portal.field(name)).toHaveValue(value);
  await expectGoodPage(page, 'order-signed-in-again');
  await portal.orderNormal();
});

test('what was typed and never sent stands there when the browser opens the page again', async ({ portal, page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without script nobody knows what is being typed');
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  const address = page.url();
  for (const [name, value] of Object.entries(details)) await portal.field(name).fill(value);
  const kept = page.waitForRequest((request) => request.url().endsWith('/api/forms/keep'));
  // As when the window is closed: what is out of sight may never come back.
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect((await (await kept).response())!.status()).toBe(200);

  await portal.open(address);
  await expect(portal.errorSummary).toContainText('Ještě to není odeslané');
  for (const [name, value] of Object.entries(details)) await expect(portal.field(name)).toHaveValue(value);
  await portal.orderWorkType();
  await portal.orderNormal();
  await portal.open('/order');
  await expect(portal.errorSummary, 'what was sent is the answer').toHaveCount(0);
});

test('a text that is far too long comes back whole, and what no form sends leads back to it', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  const long = 'Program hlásí chybu při tisku. '.repeat(3_000);
  await portal.field('what_happened').fill(long);
  await portal.button(words.next).click();
  await portal.expectProblemAt('what_happened');
  await expect(portal.field('what_happened')).toHaveValue(long);

  const address = page.url();
  await portal.open(address);
  const abuse = 'x'.repeat(1_200_000);
  await portal.field('what_happened').fill(abuse);
  await portal.button(words.next).click();
  await expect(portal.headline).toHaveText('Je toho příliš mnoho');
  await expectGoodPage(page, 'too-large');
  await page.goBack();
  await expect(portal.field('what_happened')).toHaveValue(abuse);
});

test('a person gets a page whatever was wrong', async ({ portal, page }) => {
  for (const address of ['/api/drafts/confirm', '/api/viewer', '/order/%00/details', '/nowhere']) {
    const answer = await page.goto(address);
    expect(answer!.status(), address).toBeGreaterThanOrEqual(400);
    await expect(portal.headline, address).toBeVisible();
  }
  await expectGoodPage(page, 'refused');
  // Its own forms work, whatever its address is.
  await portal.control(words.english).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('an order goes through where the islands fail', async ({ portal, page, javaScriptEnabled, problems }) => {
  test.skip(!javaScriptEnabled, 'without script there are none');
  await page.route('**/*.wasm', (route) => route.abort());
  await portal.signIn(people.school);
  await portal.order();
  await expect(portal.headline).toBeVisible();
  problems.forget();
});

test('the time that is left of a hold is asked for when the page comes back into sight', async ({ portal, page, context, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without script the end of the hold stands there');
  await portal.signIn(people.school);
  await portal.orderUpToTime();
  await portal.pickSlot();
  await expect(portal.countdown).toHaveText(/(9:[0-5]\d|10:00)/);

  // Given back in another tab
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Vybrat jiný čas' }).click();
  await expect(other).toHaveURL(/\/time$/);
  await other.close();

  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(portal.countdown).toBeHidden();
  await expect(page.locator('#countdown-over')).toBeVisible();
});

test('the clock at work is asked for when the page comes back into sight', async ({ portal, visitor, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without script the page says when it was made');
  const [dispatcher, technician] = [await visitor(), await visitor()];
  await dispatcher.signIn(people.dispatcher);
  await portal.signIn(people.school);
  const { number, email } = await orderFromSomebody(portal, dispatcher, 30);
  await technician.signIn(email);
  const bench = new Bench(technician, number);
  await technician.open(`/work/${number}`);
  await bench.start.click();
  const { page } = technician;
  const changed = page.locator('#work-changed');
  await expect(page.getByRole('timer')).toHaveText(/0:00:0[1-9]/);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(page.getByRole('timer')).toHaveText(/0:00:[01]\d/);
  await expect(changed).toBeHidden();

  // Stopped in another tab
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Zastavit' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Hodiny stojí');
  await other.close();
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(changed).toBeVisible();
});

test('signing in leads on to the page with its filters', async ({ portal, page }) => {
  await portal.open('/usage/interventions?from=2026-01-01&to=2026-12-31');
  await portal.expectSignIn();
  await portal.fillSignIn(people.school, PASSWORD);
  await expect(page).toHaveURL(/\/usage\/interventions\?from=2026-01-01&to=2026-12-31$/);
});
