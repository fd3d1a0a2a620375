// What people are told, and by which ways: only a script can add a browser, and everything else works without. And what the worker
// beside the pages shows without a connection.

import { expect, test } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { people } from '../support/portal';

test.use({ serviceWorkers: 'allow' });

/** Keys of a browser: the example of RFC 8291. */
const KEYS = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

test('a browser is added by a button and turned off again', async ({ portal, page, context, javaScriptEnabled }) => {
  await context.grantPermissions(['notifications']);
  // A push service would need the internet: the browser says that it has subscribed to one.
  await page.addInitScript((keys) => {
    const subscription = { toJSON: () => ({ endpoint: `https://push.example.com/${crypto.randomUUID()}`, keys }) };
    Object.assign(PushManager.prototype, { subscribe: () => Promise.resolve(subscription) });
  }, KEYS);
  await portal.signIn(people.dispatcher);
  await portal.open('/account/mails');
  await expect(portal.main).toContainText('Zatím v žádném prohlížeči.');
  if (!javaScriptEnabled) {
    await expect(portal.main).toContainText('jen se zapnutým JavaScriptem');
    return;
  }
  await portal.button('Upozorňovat v tomto prohlížeči').click();
  const off = portal.main.getByRole('button', { name: /^Vypnout/ });
  await expect(off).toBeVisible();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)).toContain('/worker.js');
  await off.click();
  await expect(portal.main).toContainText('Zatím v žádném prohlížeči.');
});

test('whoever does not allow notifications is told so', async ({ portal, page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'nobody is asked');
  await page.addInitScript(() => {
    Object.assign(Notification, { requestPermission: () => Promise.resolve('denied') });
  });
  await portal.signIn(people.technician);
  await portal.open('/account/mails');
  await portal.button('Upozorňovat v tomto prohlížeči').click();
  await expect(portal.main).toContainText('Prohlížeč upozornění nedovolil.');
});

test('a customer’s person chooses how each thing comes', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.open('/account');
  await portal.link('Nastavit upozornění').click();
  await expect(portal.headline).toHaveText('Upozornění');
  const agreed = page.locator('select[name="mail[agreed]"]');
  await expect(agreed).toHaveValue('now');
  await expect(portal.main).toContainText('E-mail o tom přijde vždy.');
  await expect(page.locator('select[name="mail[asked]"]')).toHaveCount(0);
  await expectGoodPage(page, 'notifications');
  await agreed.selectOption('digest');
  await portal.button('Uložit').click();
  await expect(agreed).toHaveValue('digest');
  await agreed.selectOption('now');
  await portal.button('Uložit').click();
  await expect(agreed).toHaveValue('now');
});

test('without a connection there are the numbers to call, and nothing of whoever has signed out', async ({ portal, page, context, problems, javaScriptEnabled }) => {
  await portal.open('/offline');
  await expect(portal.main).toContainText('377 457 977');
  await expectGoodPage(page, 'offline');
  test.skip(!javaScriptEnabled, 'no worker');
  problems.allow(/ERR_INTERNET_DISCONNECTED|failed request/);
  await portal.signIn(people.school);
  // A page that carries script anyway starts the worker.
  await portal.open('/account/mails');
  const keptText = () => page.evaluate(async () => (await (await caches.match('/offline'))?.text()) ?? '');
  await expect.poll(keptText).toContain('377');
  await context.setOffline(true);
  await page.goto('/requests');
  await expect(portal.headline).toHaveText('Nejste připojeni k internetu');
  await expect(portal.main).toContainText('377');
  await context.setOffline(false);
  await portal.open('/account');
  await portal.button('Odhlásit se').click();
  await expect(page).toHaveURL(/\/$/);
  await expect.poll(keptText).not.toContain('Váš nejbližší termín');
});
