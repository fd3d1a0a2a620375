// What holds for every page: accessible, fits a phone, no more script than it needs. Pictures of all are in output/.

import { expect, test } from '../support/fixtures';
import { expectGoodPage, expectNoScript } from '../support/look';
import { people, tick, words, work } from '../support/portal';

test('public pages', async ({ portal, page }) => {
  await portal.open('/');
  await expect(portal.main.getByRole('link', { name: words.order }).first()).toBeVisible();
  await expect(portal.main.getByRole('link', { name: words.buyMinutes }).first()).toBeVisible();
  await expectNoScript(page);
  await expectGoodPage(page, 'line');

  await portal.open('/sign-in');
  await expectNoScript(page);
  await expectGoodPage(page, 'sign-in');

  await portal.control(words.english).click();
  await expectGoodPage(page, 'sign-in-english');
  await portal.open('/');
  await expectGoodPage(page, 'line-english');
});

test('the door of a page for members', async ({ portal, page }) => {
  await page.goto('/requests');
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/sign-in?next=%2Frequests');
  await portal.expectSignIn();
  await expectNoScript(page);
  await expectGoodPage(page, 'sign-in-first');
});

test('a page that does not exist', async ({ portal, page }) => {
  const answer = await page.goto('/there-is-no-such-page');
  expect(answer!.status()).toBe(404);
  await expectNoScript(page);
  await expectGoodPage(page, 'not-found');
  await expect(portal.link(/./).first()).toBeVisible();
});

test('the pages of an order', async ({ portal, page }) => {
  test.slow();
  await portal.signIn(people.school);
  await portal.open('/order');
  await expectGoodPage(page, 'order-1-program');
  await portal.orderProgram();
  await expectGoodPage(page, 'order-2-work-type');
  await portal.orderWorkType();
  await expectGoodPage(page, 'order-3-details');
  await portal.orderDetails();
  await expectGoodPage(page, 'order-4-urgency');
  await tick(portal.radio('urgency', words.urgent));
  await expectGoodPage(page, 'order-4-urgency-urgent');
  await portal.orderNormal();
  await expectGoodPage(page, 'order-5-time');
  await portal.pickSlot();
  await expectGoodPage(page, 'order-6-confirm');

  await portal.confirm();
  await expectNoScript(page);
  await expectGoodPage(page, 'request');
  await portal.control(words.move).click();
  await expectGoodPage(page, 'request-move');
  await page.goBack();
  await portal.control(words.cancel).click();
  await expectGoodPage(page, 'request-cancel');
  await page.goBack();
  await portal.cancel();
  await expectGoodPage(page, 'request-cancelled');
  await portal.open('/requests');
  await expectNoScript(page);
  await expectGoodPage(page, 'requests');
});

test('work that is planned ahead', async ({ portal, page }) => {
  await portal.signIn(people.canteen);
  await portal.orderProgram();
  await portal.orderWorkType(work.plannable);
  await portal.orderDetails();
  await expectGoodPage(page, 'order-4-planned');
});

test('pages of a member', async ({ portal, page }) => {
  await portal.signIn(people.office);
  for (const name of ['requests', 'account', 'bundles']) {
    await portal.open(`/${name}`);
    await expectNoScript(page);
    await expectGoodPage(page, name === 'requests' ? 'requests-none' : name);
  }
});

test('pages of the staff', async ({ visitor }) => {
  for (const [who, address] of [
    [people.dispatcher, '/desk'],
    [people.technician, '/work'],
  ] as const) {
    const portal = await visitor();
    await portal.signIn(who);
    await portal.open(address);
    await expectNoScript(portal.page);
    await expectGoodPage(portal.page, address.slice(1));
  }
});

test('every component in every state', async ({ portal, page }) => {
  test.slow();
  await portal.open('/gallery');
  await expectGoodPage(page, 'gallery');
});
