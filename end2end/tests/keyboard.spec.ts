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
  await expect(page).toHaveURL(/\/order$/);

  await keyboard.choose(portal.field('program'), portal.field('program').first());
  await keyboard.activate(portal.button(words.next));
  await expect(page).toHaveURL(/\/work-type$/);
  await keyboard.choose(portal.field('work_type'), portal.radioLabelled('work_type', work.unplanned).first());
  await keyboard.activate(portal.button(words.next));
  await expect(page).toHaveURL(/\/details$/);
  for (const [name, value] of Object.entries(details)) await keyboard.type(portal.field(name), value.replace('\n', ' '));
  await keyboard.tick(portal.field('ready'));
  await keyboard.activate(portal.button(words.next));
  await expect(page).toHaveURL(/\/urgency$/);
  await keyboard.choose(portal.field('urgency'), portal.radio('urgency', words.normal));
  await keyboard.activate(portal.button(words.next));
  await expect(page).toHaveURL(/\/time$/);
  await keyboard.activate(portal.slots.nth(1));
  await expect(page).toHaveURL(/\/confirm$/);
  await keyboard.activate(portal.button(words.confirm));
  await portal.requestNumber();
});

test('one jump leads past the navigation', async ({ portal, page }) => {
  await portal.open('/');
  await page.keyboard.press('Tab');
  await new Keyboard(page).expectRing();
  const href = await page.locator(':focus').getAttribute('href');
  expect(href, 'the first stop is a link into this page').toMatch(/^#./);
  await expect(page.locator(href!)).toHaveCount(1);
});
