// The main job: from the public page to an agreed time, and another mind.

import { Count } from '../support/count';
import { expect, test } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { details, people, tick, words, work } from '../support/portal';

test('from the public page to an agreed time, moved and cancelled', async ({ portal, page, javaScriptEnabled }) => {
  await portal.open('/');
  await portal.main.getByRole('link', { name: words.order }).first().click();
  await portal.expectSignIn();
  await portal.fillSignIn(people.school);
  await expect(page, 'signing in leads on to what one wanted').toHaveURL(/\/order(\?|$)/);

  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails();
  await portal.orderNormal();
  await expect(portal.slots.first()).toBeVisible();
  const start = new Date(await portal.pickSlot());
  if (javaScriptEnabled) await expect(portal.countdown).toHaveText(/(9:[0-5]\d|10:00)/);

  const number = await portal.confirm();
  expect(number).toMatch(/^2026-\d{6}$/);
  const hour = new Intl.DateTimeFormat('cs', { timeZone: 'Europe/Prague', hour: 'numeric', minute: '2-digit' }).format(start);
  await expect(portal.headline, 'the agreed time is the headline').toContainText(hour);
  const agreed = await portal.headline.innerText();

  await portal.open('/requests');
  await expect(portal.main).toContainText(number);
  await portal.openRequest(number);

  // What was written can be put right, and whoever comes reads it.
  await portal.link('Upravit popis a kontakt').click();
  await portal.field('contact_name').fill('Petr Svoboda');
  await portal.button('Uložit').click();
  await portal.requestNumber();
  await expect(portal.main).toContainText('Petr Svoboda');
  await expect(portal.main).toContainText('Upravený popis nebo kontakt');

  await portal.move(1);
  await expect(portal.headline).not.toHaveText(agreed);

  await portal.cancel();
  await expect(portal.main).toContainText(words.cancelled);
  await expect(portal.control(words.move)).toHaveCount(0);
});

test('something that stopped is urgent, and shows it', async ({ portal, page, javaScriptEnabled }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails();
  await portal.field('files').setInputFiles({ name: 'hlaseni.txt', mimeType: 'text/plain', buffer: Buffer.from('Chyba 17') });
  await portal.orderUrgent('Nejde vydávat obědy.', 'dnes od 7:30');
  const today = new Date(await portal.pickSlot());
  expect(today.toISOString(), 'the same day').toMatch(/^2026-11-23/);
  await expect(portal.main).toContainText(/urgentní/i);
  await expect(portal.main, 'kept since the first screen').toContainText('hlaseni.txt');
  const files = page.locator('input[type=file]');
  if (javaScriptEnabled) {
    // What is dropped beside the field is taken, too.
    await expect(page.locator('#pasting'), 'somebody listens').toBeVisible();
    await page.evaluate(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(['Výdej se nespustí.'], 'vydej.txt', { type: 'text/plain' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
    });
    expect(await files.evaluate((field: HTMLInputElement) => field.files?.length)).toBe(1);
  } else {
    await files.setInputFiles({ name: 'vydej.txt', mimeType: 'text/plain', buffer: Buffer.from('Výdej se nespustí.') });
  }
  await portal.confirm();
  await expect(portal.main).toContainText('Nejde vydávat obědy.');
  await expect(portal.main).toContainText('vydej.txt');
  await expect(portal.main).toContainText('hlaseni.txt');
});

test('what can be planned cannot be urgent, and the page says why', async ({ portal }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType(work.plannable);
  await portal.orderDetails();
  await expect(portal.main).toContainText(words.cannotBeUrgent);
  await expect(portal.radio('urgency', words.urgent)).toBeHidden();
  await portal.orderNormal();
  await expect(portal.slots.first()).toBeVisible();
});

test('work is found by everyday words', async ({ portal, page, javaScriptEnabled }) => {
  await portal.signIn(people.school);
  await portal.open('/order');
  const search = page.locator('#subject-search');
  await search.fill('netiskne');
  if (!javaScriptEnabled) await search.press('Enter');
  const found = portal.radioLabelled('subject', work.rare).first();
  await expect(found).toBeVisible();
  await expect(portal.radioLabelled('subject', work.plannable).first()).toBeHidden();
  await tick(found);
  await search.fill('tramvaj');
  if (!javaScriptEnabled) await search.press('Enter');
  await expect(portal.main).toContainText('Nic takového tu nemáme');
});

test('an order is taken back at once, and the same is ordered again', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.order();
  await portal.undo();

  await portal.button(words.again).click();
  await expect(page).toHaveURL(/\/time$/);
  await portal.pickSlot();
  await expect(portal.main).toContainText(details.contact_name);
  await portal.confirm();
  await portal.undo();
});

test('other days are a link away, and other times behind a fold', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderUpToTime();
  await expect(page.locator('.estimate-bar'), 'the price is in sight').toBeInViewport();
  const first = await portal.slots.first().getAttribute('value');
  await page.getByRole('link', { name: 'další týden' }).click();
  await expect(page).toHaveURL(/\/time\?day=\d{4}-\d{2}-\d{2}#times$/);
  await expect(portal.slots.first()).not.toHaveAttribute('value', first!);
  const more = page.locator('.slots-more > summary');
  const before = await portal.slots.count();
  if ((await more.count()) > 0) {
    await more.click();
    expect(await portal.slots.count()).toBeGreaterThan(before);
  }
  await portal.pickSlot();
  await portal.confirm();
  await portal.undo();
});

test('the way back keeps what was typed', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderUpToTime();
  await portal.pickSlot();
  const order = page.url().replace(/\/confirm$/, '');

  await portal.open(order);
  // The phone comes back as it will be dialled.
  const kept = { ...details, contact_phone: `+420 ${details.contact_phone}`.replaceAll(' ', '\u00a0') };
  for (const [name, value] of Object.entries(kept)) await expect(portal.field(name)).toHaveValue(value);
  await expect(portal.radio('urgency', words.normal)).toBeChecked();
  await expect(portal.radioLabelled('subject', work.unplanned).first()).toBeChecked();

  // What changes nothing about the time leads back to it; by the browser's own button it is there, too.
  await portal.field('contact_name').fill('Petr Svoboda');
  await portal.next('confirm');
  await expect(portal.main).toContainText('Petr Svoboda');
  await page.goBack();
  await expect(portal.field('contact_name')).toHaveValue('Petr Svoboda');
});

test('a form that is not right says so, leads to the fields and keeps the rest', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  await tick(portal.radio('urgency', words.normal));
  await portal.field('what_happened').fill(details.what_happened);
  await portal.field('contact_name').fill('');
  await portal.field('contact_phone').fill('devět');
  await portal.button(words.next).click();

  await expect(portal.errorSummary).toBeVisible();
  const links = portal.errorSummary.getByRole('link');
  await expect(links).toHaveCount(2);
  for (const link of await links.all()) {
    const target = page.locator((await link.getAttribute('href'))!);
    await expect(target).toHaveCount(1);
    await expect(target).toHaveAttribute('aria-invalid', 'true');
    await expect(target, 'the message belongs to the field').toHaveAttribute('aria-describedby', /-error/);
  }
  await links.first().click();
  await expect(page.locator(':focus')).toHaveAttribute('name', 'contact_name');
  await expect(portal.field('what_happened')).toHaveValue(details.what_happened);
  await expect(portal.field('contact_phone')).toHaveValue('devět');
  await expectGoodPage(page, 'order-refused');

  await portal.orderDetails();
  await portal.orderNormal();
});

test('what looks like markup stays text', async ({ portal, page }) => {
  const attack = '</textarea><script>document.title = "stolen"</script><img src=x onerror="document.title=1"> & "quotes"';
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails({ what_happened: attack, contact_name: '<b>Jana</b>' });
  await portal.orderNormal();
  await page.goBack();
  await expect(portal.field('what_happened')).toHaveValue(attack);
  await expect(page.locator('b')).toHaveCount(0);

  await portal.orderNormal();
  await portal.pickSlot();
  await portal.confirm();
  await expect(portal.main).toContainText(attack);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(page).not.toHaveTitle('stolen');
});

test('an order takes few clicks', async ({ portal, page, javaScriptEnabled }) => {
  await portal.signIn(people.school);
  const screens = new Set<string>();
  page.on('framenavigated', (frame) => {
    const path = new URL(frame.url()).pathname;
    if (frame === page.mainFrame() && path.startsWith('/order')) screens.add(path.replace(/[0-9a-f-]{36}/, '…'));
  });
  const measured = async (name: string, goal: string, order: (count: Count) => Promise<void>): Promise<void> => {
    const count = new Count();
    screens.clear();
    await order(count);
    const number = await portal.requestNumber();
    console.log(`${name}: ${screens.size} screens, ${count.clicks} clicks (goal ${goal}), ${count.keys} keys typed`);
    expect(count.clicks, name).toBeLessThanOrEqual(Number(goal.split('–').at(-1)));
    expect(screens.size, name).toBeLessThanOrEqual(4);
    expect(number).toMatch(/^2026-/);
    await portal.undo();
  };
  const rest = async (count: Count): Promise<void> => {
    await count.click(page.locator('.slot-first button'));
    await count.click(portal.button(words.confirm));
  };

  await portal.open('/order');
  await measured('order with a contract', '5–6', async (count) => {
    // Whatever was ordered last, but for what dispatch names the time of.
    await count.click(portal.radioLabelled('subject', /^((?!Převod dat).)*$/).first());
    await count.type(portal.field('what_happened'), 'Po uzávěrce hlásí záporný stav.');
    const normal = portal.radio('urgency', words.normal);
    if (await normal.isVisible()) await count.click(normal);
    await count.click(portal.button(words.next));
    await rest(count);
  });
  await measured('order again as last time', '3', async (count) => {
    await count.click(portal.button(words.again));
    await rest(count);
  });
  await portal.orderProgram();
  await measured('urgent order, looked for', '6', async (count) => {
    const search = page.locator('#subject-search');
    await count.type(search, 'chyba v programu');
    if (!javaScriptEnabled) await count.press(search, 'Enter');
    await count.click(portal.radioLabelled('subject', work.unplanned).first());
    // From field to field the Tab key leads.
    await count.typeOn(page, portal.field('what_happened'), 'Výdej obědů se nespustí.');
    await count.click(portal.radio('urgency', words.urgent));
    await count.typeOn(page, portal.field('what_stopped'), 'Nejde vydávat obědy.');
    await count.typeOn(page, portal.field('since'), 'od rána');
    await count.click(portal.button(words.next));
    await rest(count);
  });
});
