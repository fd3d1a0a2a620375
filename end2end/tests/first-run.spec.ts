// From an empty data directory to the first agreed time: what a vendor does on the morning on which Linka is installed.

import { expect, test as journey } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { Comer, OpenId } from '../support/openid';
import { Portal, tick, work } from '../support/portal';
import { Sink } from '../support/sink';
import { startVendor, type Server } from '../support/server';
import { oneTimeCode } from '../support/totp';

const ADDRESS = 'https://linka.vendor.example';
const PASSWORD = 'dlouhe heslo jen pro zkousku';
/** What it may take at most, each form once. */
const MOST_FORMS = 60;

/** A portal that was installed a moment ago, and the mail server that it knows. They end with the journey, however that ends. */
const test = journey.extend<{ installed: { server: Server; sink: Sink; provider: OpenId } }>({
  installed: async ({}, use, info) => {
    const [sink, provider] = await Promise.all([Sink.start(), OpenId.start()]);
    const server = await startVendor(`vendor-${info.project.name}`, {
      LINKA_URL: ADDRESS,
      LINKA_HTTPS: 'true',
      LINKA_BEHIND_PROXY: 'true',
      LINKA_SMTP: sink.url,
      LINKA_MAIL_FROM: 'Linka <linka@vendor.example>',
      LINKA_OIDC: provider.settings(),
    });
    await use({ server, sink, provider });
    sink.stop();
    provider.stop();
    await server.stop();
  },
});


test('a vendor installs Linka and takes the first order', async ({ browser, contextOptions, javaScriptEnabled, problems, installed }) => {
  const { server, sink, provider } = installed;
  let forms = 0;
  const somebody = async () => {
    const context = await browser.newContext({ ...contextOptions, baseURL: server.url, javaScriptEnabled, locale: 'cs-CZ' });
    problems.watch(context);
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.isNavigationRequest()) forms += 1;
    });
    return new Portal(await context.newPage());
  };
  const vendor = await somebody();
  const { page } = vendor;
  const fill = async (portal: Portal, fields: Record<string, string>) => {
    for (const [name, value] of Object.entries(fields)) await portal.field(name).fill(value);
  };
  /** Follows a link by which a password is chosen, and signs in. */
  const enter = async (portal: Portal, link: string, email: string) => {
    await portal.open(link.trim().replace(ADDRESS, ''));
    await fill(portal, { password: PASSWORD, password_again: PASSWORD });
    await portal.button('Uložit heslo').click();
    await portal.fillSignIn(email, PASSWORD);
    await expect(portal.field('password')).toHaveCount(0);
  };
  const missing = page.getByRole('row').filter({ hasText: 'chybí' });
  /** How much is missing, and the way to the page of one thing of it. */
  const settings = async (count: number, next?: string) => {
    await vendor.open('/settings');
    await expect(missing).toHaveCount(count);
    if (next) await missing.getByRole('link', { name: next, exact: true }).click();
  };

  await test.step('nobody can sign in, and the portal says what to do', async () => {
    await vendor.open('/');
    await expect(vendor.main).toContainText('linka staff add --manager');
    await expectGoodPage(page, 'first-run-nobody');
    const link = server.linka('staff', 'add', '--manager', 'Ivana Bartošová', 'ivana@vendor.example');
    await enter(vendor, link.split('\n').find((line) => line.startsWith(ADDRESS))!, 'ivana@vendor.example');
    await expect(page, 'a manager has to have a second factor').toHaveURL(/\/account\/second-factor/);
    await vendor.button('Zapnout').click();
    const secret = await vendor.main.locator('code').first().innerText();
    await fill(vendor, { one_time_code: oneTimeCode(secret) });
    await vendor.button('Ověřit a zapnout').click();
    await expect(vendor.main.getByRole('listitem').locator('code')).toHaveCount(10);
  });

  await test.step('she signs in by a provider of another author, whose answer counts once, soon, and of itself only', async () => {
    await provider.begin(`${ADDRESS}/sign-in/with/skola/return`, 'ivana@vendor.example');
    const comer = () => new Comer(server.url, ADDRESS);
    const one = comer();
    const answer = await one.goAndSignIn('skola');
    const signedIn = await one.comeBack(answer);
    expect(signedIn.status, await signedIn.text()).toBe(303);
    expect(signedIn.headers.get('location'), 'who has a second factor is asked for it').toContain('/sign-in/code');

    const again = comer();
    const other = await again.goAndSignIn('skola');
    const replayed = new URL(other);
    replayed.searchParams.set('code', answer.searchParams.get('code')!);
    expect((await again.comeBack(replayed)).status, 'a code that was used').toBe(401);
    expect((await comer().comeBack(other)).status, 'in another browser').toBe(401);

    for (const wrong of ['nothing', 'nonce', 'audience', 'issuer', 'expired'] as const) {
      const mixed = comer();
      const back = await mixed.goAndSignIn('skola');
      await provider.mixUp(mixed.nonce, wrong);
      expect((await mixed.comeBack(back)).status, `an identity with another ${wrong}`).toBe(wrong === 'nothing' ? 303 : 401);
    }

    const late = comer();
    const expired = await late.goAndSignIn('skola');
    await provider.later(3600);
    expect((await late.comeBack(expired)).status, 'a code that has expired').toBe(401);
    expect((await comer().begin('jiny')).status, 'an issuer that calls itself otherwise').toBe(401);
  });

  await test.step('who sells', async () => {
    await settings(8, 'Firma');
    await fill(vendor, {
      name: 'Programy pro kuchyně s.r.o.',
      ico: '27074358',
      dic: 'CZ27074358',
      register: 'Krajský soud v Brně, oddíl C, vložka 1',
      street: 'Dlouhá 1',
      city: 'Brno',
      postal_code: '602 00',
      email: 'doklady@vendor.example',
      account: '86-199488014/0300',
    });
    await tick(vendor.field('company_confirmed'));
    await vendor.button('Uložit').click();
  });

  await test.step('what a minute costs', async () => {
    await settings(6, 'Ceník');
    await vendor.field('values[list_rate_per_minute]').fill('25');
    await vendor.button('Ukázat, co se změní').click();
    await expectGoodPage(page, 'first-run-change');
    await vendor.button('Změnit').click();
    await expect(page).toHaveURL(/\/settings\/prices$/);
  });

  await test.step('where one calls', async () => {
    await settings(5, 'Regiony a čísla');
    await fill(vendor, { name: 'Morava', phone: '541 234 567', postal_prefixes: '6' });
    await vendor.button('Přidat').click();
    await expect(vendor.main).toContainText('541 234 567');
  });

  await test.step('what is sold and what is done', async () => {
    await settings(4, 'Programy');
    await vendor.field('name').fill('Kuchyně');
    await vendor.button('Přidat').click();
    await expect(vendor.main).toContainText('Kuchyně');
    await settings(3, 'Druhy práce');
    await vendor.field('name').fill('Programy');
    await vendor.button('Přidat').click();
    await vendor.open('/settings/work-types/new');
    await fill(vendor, { name: 'Chyba v programu', minutes_from: '20', minutes_to: '45', slot_minutes: '60' });
    await tick(vendor.radioLabelled('skill', /Programy/));
    await tick(vendor.radio('choice', 'customer'));
    await vendor.button('Uložit').click();
    await expect(vendor.main).toContainText('Chyba v programu');
  });

  const technician = await somebody();
  await test.step('who does it, and when', async () => {
    await settings(2, 'Lidé');
    await fill(vendor, { name: 'Pavel Novotný', email: 'pavel@vendor.example' });
    await tick(vendor.field('roles[technician]'));
    await vendor.button('Pozvat').click();
    const link = await page.locator('code').first().innerText();
    await tick(page.locator('input[name^="skills["]').first());
    await vendor.button('Uložit').click();
    await enter(technician, link, 'pavel@vendor.example');
    await vendor.open('/settings/plans');
    await vendor.link(/Pavel Novotný/).click();
    await expect(vendor.field('day1')).toHaveValue('7:00–15:30');
  });

  await test.step('nothing is missing, and mails arrive', async () => {
    await settings(0);
    await expect(vendor.headline).toHaveText('Linka je připravená přijímat objednávky');
    await expectGoodPage(page, 'first-run-ready');
    await vendor.open('/settings/connections');
    await vendor.button(/^Poslat zkušební e-mail/).click();
    await expect(vendor.main).toContainText('250');
    expect(sink.messages).toHaveLength(1);
  });

  const customer = await somebody();
  await test.step('the first customer', async () => {
    await vendor.open('/desk/customers');
    await vendor.link('Nový zákazník').click();
    await fill(vendor, { name: 'Školní jídelna U Lesa', street: 'Krátká 5', postal_code: '602 00', city: 'Brno' });
    await vendor.button('Uložit zákazníka').click();
    await vendor.link('Změnit').click();
    await tick(vendor.radioLabelled('program', /Kuchyně/));
    await vendor.button('Uložit program').click();
    await vendor.link('Zpět k zákazníkovi').click();
    await vendor.link('Přidat osobu').click();
    await fill(vendor, { name: 'Marie Dvořáková', phone: '601 234 567', email: 'marie@jidelna.example' });
    await tick(vendor.field('signs_in'));
    for (const capability of ['order', 'see_all', 'buy', 'see_billing', 'manage']) {
      await tick(vendor.field(`capabilities[${capability}]`));
    }
    await vendor.button('Přidat').click();
    const link = await page.locator('code').first().innerText();
    await enter(customer, link, 'marie@jidelna.example');
  });

  await test.step('and the first order', async () => {
    await customer.orderProgram();
    await customer.orderWorkType(work.unplanned);
    await customer.orderDetails();
    await customer.orderNormal();
    await customer.pickSlot();
    await expectGoodPage(customer.page, 'first-run-confirm');
    const number = await customer.confirm();
    await technician.open('/work');
    await vendor.open(`/desk/requests/${number}`);
    await expect(vendor.main).toContainText('Pavel Novotný');
  });

  expect(forms).toBeLessThan(MOST_FORMS);
  for (const portal of [vendor, technician, customer]) await portal.page.context().close();
});
