// Notifications in the browsers of the vendor's people: only a script can add a browser, and everything else works without.

import { expect, test } from '../support/fixtures';
import { people } from '../support/portal';

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
