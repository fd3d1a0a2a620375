// Half an hour before the agreed time: the link of the mail, without signing in.

import { expect, test as journey } from '../support/fixtures';
import { expectGoodPage, expectNoScript } from '../support/look';
import { Portal, people } from '../support/portal';
import { startServer, type Server } from '../support/server';

/** Of the demo's day the first time is at 8:45: who ordered it was asked a minute ago. */
const ASKED = '2026-11-23T08:16:00+01:00';

/** A demo whose morning is further on. It ends with the journey, however that ends. */
const test = journey.extend<{ later: Server }>({
  later: async ({}, use, info) => {
    const server = await startServer(`asked-${info.project.name}`, ASKED);
    await use(server);
    await server.stop();
  },
});

test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'its pages have no script');
test.skip(Boolean(process.env.LINKA_E2E_URL), "the clock of somebody else's server shows something else");

test('who is asked whether everything is ready needs a quarter of an hour, and then says so', async ({ browser, contextOptions, problems, later }) => {
  const somebody = async () => {
    const context = await browser.newContext({ ...contextOptions, baseURL: later.url, locale: 'cs-CZ', timezoneId: 'Europe/Prague' });
    problems.watch(context);
    return new Portal(await context.newPage());
  };
  const customer = await somebody();
  const { page } = customer;
  const soon = customer.main.getByRole('link', { name: /je všechno připravené/ }).first();
  await expect(async () => {
    await customer.open('/mails');
    await expect(soon).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  const text = await (await page.request.get(`${await soon.getAttribute('href')}/text`)).text();
  const { pathname, search } = new URL(/https?:\S+\/ready\?\S+/.exec(text)![0]);
  const number = /\d{4}-\d{6}/.exec(text)![0];

  await customer.open(pathname + search);
  await expectNoScript(page);
  await expectGoodPage(page, 'ready');
  const [hour, minute] = /(\d+):(\d+)/.exec(await customer.headline.innerText())!.slice(1).map(Number) as [number, number];
  const moved = `${hour + Math.floor((minute + 15) / 60)}:${String((minute + 15) % 60).padStart(2, '0')}`;
  await customer.button('Začít o 15 minut později').click();
  await expect(customer.headline, 'the same page, with the time that is agreed now').toContainText(moved);

  await customer.button('Je připraveno').click();
  await expect(customer.main).toContainText('Děkujeme, technik ví, že je všechno připravené.');
  await expect(customer.button('Je připraveno')).toHaveCount(0);
  await expectGoodPage(page, 'ready-said');

  const dispatcher = await somebody();
  await dispatcher.signIn(people.dispatcher);
  await dispatcher.open(`/desk/requests/${number}`);
  await expect(dispatcher.main).toContainText(moved);
  await expect(dispatcher.main).toContainText('Zákazník hlásí, že je všechno připravené.');
});
