// What pages weigh on a first visit, beside their budgets.

import { expect, test } from '../support/fixtures';
import { people } from '../support/portal';
import { openForm, buy } from '../support/purchase';
import { weigh } from '../support/weight';

const PUBLIC = 30_000;
const ORDER = 106_000;

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'weighed with script on');
test.skip(!!process.env.LINKA_E2E_URL, 'the server of somebody else may serve an unoptimised build');

test('public pages', async ({ browser, contextOptions, baseURL }) => {
  for (const address of ['/', '/bundles', '/developers', '/sign-in', '/register']) {
    const weight = await weigh(browser, { ...contextOptions, baseURL }, address, address, PUBLIC);
    expect.soft(weight.bytes, address).toBeLessThanOrEqual(PUBLIC);
    expect.soft(weight.script, `${address}: no script`).toBe(0);
    expect.soft(weight.uncompressed, `${address}: compressed`).toEqual([]);
  }
});

test('order pages', async ({ browser, contextOptions, baseURL, portal, page, context }) => {
  const weighHere = async (name: string, budget?: number) => {
    const storageState = await context.storageState();
    const weight = await weigh(browser, { ...contextOptions, baseURL, storageState }, name, page.url(), budget);
    if (budget !== undefined) expect.soft(weight.bytes, name).toBeLessThanOrEqual(budget);
    expect.soft(weight.uncompressed, `${name}: compressed`).toEqual([]);
  };
  await portal.signIn(people.school);
  await portal.open('/order');
  await weighHere('/order', ORDER);
  await portal.orderUpToTime();
  await weighHere('/order/…/time', ORDER);
  const html = (await (await page.request.get(page.url())).body()).length;
  console.log(`the times as HTML: ${html} bytes`);
  expect.soft(html, 'the times as HTML').toBeLessThanOrEqual(40_000);
  await portal.pickSlot();
  await weighHere('/order/…/confirm', ORDER);
  await portal.confirm();
  await weighHere('/requests/…');
  await portal.open('/requests');
  await weighHere('/requests');
});

test('pages of minutes', async ({ browser, contextOptions, baseURL, portal, context }) => {
  await portal.signIn(people.school);
  await portal.open('/usage');
  const receipt = (await portal.main.locator('a[href*="/receipt/"]').first().getAttribute('href'))!;
  const storageState = await context.storageState();
  for (const address of ['/usage', '/usage/interventions', '/usage/statement', '/usage/contract', receipt]) {
    const name = address.replace(/\d{4}-\d+/, '…');
    const weight = await weigh(browser, { ...contextOptions, baseURL, storageState }, name, address);
    expect.soft(weight.script, `${name}: no script`).toBe(0);
    expect.soft(weight.uncompressed, `${name}: compressed`).toEqual([]);
  }
});

test('pages of buying minutes', async ({ browser, contextOptions, baseURL, portal, page, context }) => {
  await portal.signIn(people.school);
  await buy(portal, 60, 'transfer');
  const purchase = new URL(page.url()).pathname;
  await openForm(portal, 60);
  const form = new URL(page.url()).pathname;
  const storageState = await context.storageState();
  for (const [name, address] of [
    ['/bundles/…/purchase', form],
    ['/bundles/purchases/…', purchase],
    ['/documents', '/documents'],
  ] as const) {
    const weight = await weigh(browser, { ...contextOptions, baseURL, storageState }, name, address);
    // The page of a purchase stays true while it is open.
    if (address === purchase) expect.soft(weight.bytes, name).toBeLessThanOrEqual(ORDER);
    else expect.soft(weight.script, `${name}: no script`).toBe(0);
    expect.soft(weight.uncompressed, `${name}: compressed`).toEqual([]);
  }
});

test('the workbench, with its clock', async ({ browser, contextOptions, baseURL, portal, page, context }) => {
  await portal.signIn(people.technician);
  await portal.open('/work?date=2026-11-25');
  await portal.main.locator('.day-line a[href^="/work/"]').first().click();
  await expect(page).toHaveURL(/\/work\/\d{4}-\d+$/);
  const weight = await weigh(browser, { ...contextOptions, baseURL, storageState: await context.storageState() }, '/work/…', page.url(), ORDER);
  expect.soft(weight.bytes).toBeLessThanOrEqual(ORDER);
  expect.soft(weight.uncompressed).toEqual([]);
});
