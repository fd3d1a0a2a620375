// The keyboard alone orders.

import { expect, test } from '../support/fixtures';
import { Keyboard } from '../support/keyboard';
import { details, PASSWORD, people, words, work } from '../support/portal';

test('the keyboard alone orders', async ({ portal, page }) => {
  const keyboard = new Keyboard(page);
  await portal.open('/');
  await keyboard.activate(portal.main.getByRole('link', { name: words.order }));
  await keyboard.type(portal.field('email'), people.kitchen);
  await keyboard.type(portal.field('password'), PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/order(\?|$)/);

  // What is typed is looked for: while it is typed with script, by Enter without.
  await keyboard.type(page.locator('#subject-search'), 'chyba v programu');
  await page.keyboard.press('Enter');
  await expect(portal.radioLabelled('subject', work.plannable).first()).toBeHidden();
  const found = portal.radioLabelled('subject', work.unplanned);
  await keyboard.choose(found, found.first());
  await keyboard.type(portal.field('what_happened'), details.what_happened.replace('\n', ' '));
  await keyboard.choose(portal.field('urgency'), portal.radio('urgency', words.normal));
  await keyboard.type(portal.field('contact_name'), details.contact_name);
  await keyboard.type(portal.field('contact_phone'), details.contact_phone);
  await keyboard.activate(portal.button(words.next));
  await expect(page).toHaveURL(/\/time$/);
  await keyboard.activate(portal.slots.nth(1));
  await expect(page).toHaveURL(/\/confirm$/);
  await keyboard.activate(portal.button(words.confirm));
  await portal.requestNumber();
});

test('the keyboard alone writes down a call, in few keys', async ({ portal: dispatcher, page, javaScriptEnabled }) => {
  await dispatcher.signIn(people.dispatcher);
  await dispatcher.open('/desk/queue');
  const begun = Date.now();
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    await page.keyboard.press(key);
    keys++;
  };
  const type = async (text: string): Promise<void> => {
    await page.keyboard.type(text);
    keys += text.length;
  };
  const search = page.locator('#head-search');
  // The key by itself is the script's; without it one goes there.
  if (javaScriptEnabled === false) await new Keyboard(page).tabTo(search);
  else await press('/');
  await expect(search).toBeFocused();
  await type('601 234 501');
  await press('Enter');
  // Who calls is known by the number, and what they say is typed at once.
  await expect(dispatcher.field('contact_name')).toHaveValue('Jana Nováková');
  await expect(dispatcher.field('what_happened')).toBeFocused();
  await type('Nejde tisk stravenek.');
  const times = page.locator('input[name="start"]');
  const isThere = () => times.first().evaluate((time) => time === document.activeElement);
  for (let step = 0; step < 20 && !(await isThere()); step++) await press('Tab');
  await press('ArrowDown');
  await expect(times.nth(1)).toBeChecked();
  await press('Tab');
  await press('Enter');
  await dispatcher.requestNumber();
  console.log(`intake by keyboard: ${keys} keys, ${((Date.now() - begun) / 1000).toFixed(1)} s of the machine's`);
  // Half a minute at four keys a second.
  expect(keys).toBeLessThan(120);
});

test('the keyboard alone reads a receipt', async ({ portal, page }) => {
  const keyboard = new Keyboard(page);
  await portal.signIn(people.school);
  await portal.open('/usage');
  await keyboard.activate(portal.main.locator('a[href="/usage/interventions"]'));
  await expect(page).toHaveURL(/\/usage\/interventions$/);
  await keyboard.activate(portal.main.locator('a[href*="/receipt/"]'));
  await expect(page).toHaveURL(/\/receipt\/\d+$/);
  await keyboard.tabTo(portal.link('Stáhnout PDF'));
});

test('the keyboard alone starts the clock and stops it', async ({ portal, page }) => {
  const keyboard = new Keyboard(page);
  await portal.signIn(people.otherTechnician);
  await portal.open('/work?date=2026-11-24');
  await keyboard.activate(portal.main.locator('.day-line a[href^="/work/"]'));
  await keyboard.activate(page.locator('button[name="kind"][value="waiting"]'));
  await expect(portal.headline).toHaveText('Hodiny běží');
  await keyboard.activate(portal.button('Zastavit'));
  await expect(portal.headline).toHaveText('Hodiny stojí');
  await keyboard.type(portal.field('report'), 'Nic se nezměnilo.');
  await keyboard.tabTo(portal.button('Uzavřít a vyúčtovat'));
});

test('one jump leads past the navigation', async ({ portal, page }) => {
  await portal.open('/');
  await page.keyboard.press('Tab');
  await new Keyboard(page).expectRing();
  const href = await page.locator(':focus').getAttribute('href');
  expect(href, 'the first stop is a link into this page').toMatch(/^#./);
  await expect(page.locator(href!)).toHaveCount(1);
});
