// What holds for every page: accessible, fits a phone, no more script than it needs. Pictures of all are in output/.

import { expect, test } from '../support/fixtures';
import { expectGoodPage, expectGoodPrint, expectNoScript } from '../support/look';
import { type Portal, people, tick, words, work } from '../support/portal';

test('public pages', async ({ portal, page }) => {
  await portal.open('/');
  await expect(portal.main.getByRole('link', { name: words.order }).first()).toBeVisible();
  await expect(portal.main.getByRole('link', { name: words.buyMinutes }).first()).toBeVisible();
  await expectNoScript(page);
  await expectGoodPage(page, 'line');

  await portal.open('/developers');
  await expectNoScript(page);
  await expectGoodPage(page, 'developers');

  await portal.open('/sign-in');
  await expectNoScript(page);
  await expectGoodPage(page, 'sign-in');

  await portal.open('/sign-in/passkey');
  await expectGoodPage(page, 'sign-in-passkey');
  await portal.open('/sign-in');
  await portal.control(words.english).click();
  await expectGoodPage(page, 'sign-in-english');
  await portal.open('/');
  await expectGoodPage(page, 'line-english');
  await portal.open('/bundles');
  await expectGoodPage(page, 'bundles-english');
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
  await portal.signIn(people.school);
  await portal.open('/order');
  await expectGoodPage(page, 'order-1-what');
  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails();
  await tick(portal.radio('urgency', words.urgent));
  await expectGoodPage(page, 'order-1-what-urgent');
  await portal.orderNormal();
  await expectGoodPage(page, 'order-2-time');
  await portal.pickSlot();
  await expectGoodPage(page, 'order-3-confirm');
  await portal.open('/order');
  await expect(portal.main).toContainText('Dokončit rozepsanou');
  await expectGoodPage(page, 'order-1-what-unfinished');
  await page.goBack();

  await portal.confirm();
  await expectGoodPage(page, 'request');
  const request = new URL(page.url()).pathname;
  await portal.field('message').fill('Počítač je v kanceláři u okna.');
  await portal.button('Odeslat zprávu').click();
  await expect(portal.main.getByText('Počítač je v kanceláři u okna.')).toBeVisible();
  await expectGoodPage(page, 'request-messages');
  await portal.open('/');
  await expect(portal.headline, 'the next of what was agreed').toHaveText(/\sv\s\d+:\d\d/);
  await expectGoodPage(page, 'home');
  await portal.open(request);
  await portal.link('Upravit popis a kontakt').click();
  await expectGoodPage(page, 'request-edit');
  await page.goBack();
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
  await portal.field('search').fill('uzaver');
  await portal.field('state').selectOption('cancelled');
  await portal.main.getByRole('button', { name: 'Hledat' }).click();
  await expect(page).toHaveURL(/\/requests\?search=uzaver&state=cancelled/);
  await expect(portal.main.locator(`a[href="${request}"]`), 'by the beginning of a word, without accents').toBeVisible();
  await expectGoodPage(page, 'requests-found');
  await portal.main.getByRole('link', { name: 'Zrušit hledání' }).click();
  await expect(page).toHaveURL(/\/requests$/);
});

test('work that is planned ahead', async ({ portal, page }) => {
  await portal.signIn(people.canteen);
  await portal.orderProgram();
  await portal.orderWorkType(work.plannable);
  await portal.orderDetails();
  await expectGoodPage(page, 'order-1-what-planned');
});

test('pages of a member', async ({ portal, page }) => {
  await portal.signIn(people.office);
  await expectGoodPage(page, 'home-of-nobody-yet');
  await portal.open('/line');
  await expectNoScript(page);
  for (const name of ['requests', 'account', 'bundles', 'documents']) {
    await portal.open(`/${name}`);
    await expectNoScript(page);
    await expectGoodPage(page, name === 'requests' ? 'requests-none' : name === 'documents' ? 'documents-of-office' : name);
  }
  for (const name of ['password', 'address', 'confirm']) {
    await portal.open(`/account/${name}`);
    await expectNoScript(page);
    await expectGoodPage(page, `account-${name}`);
  }
  for (const name of ['second-factor', 'mails', 'people', 'changes']) {
    await portal.open(`/account/${name}`);
    await expectGoodPage(page, `account-${name}`);
  }
});

test('minutes: what is left, where they went, what was agreed', async ({ portal, page }) => {
  await portal.signIn(people.bookkeeper);
  await portal.open('/usage');
  await expectNoScript(page);
  await expectGoodPage(page, 'usage');
  // Where the minutes went, one thing at a time.
  const tabs = portal.main.locator('#breakdown .switch a');
  await expect(tabs).toHaveCount(4);
  await tabs.nth(1).click();
  await expect(page).toHaveURL(/\/usage\?by=program#breakdown$/);
  await expect(portal.main.locator('#breakdown table')).toBeVisible();
  await expectGoodPage(page, 'usage-by-program');
  await portal.open('/usage');
  await expectGoodPrint(page, 'usage');
  for (const [name, address] of [
    ['interventions', '/usage/interventions'],
    ['statement', '/usage/statement'],
    ['contract', '/usage/contract'],
  ] as const) {
    await portal.main.locator(`a[href^="${address}"]`).last().click();
    await expect(page).toHaveURL(new RegExp(address));
    await expectNoScript(page);
    await expectGoodPage(page, `usage-${name}`);
    await portal.open('/usage');
  }
  await portal.main.locator('a[href*="/receipt/"]').first().click();
  await expectNoScript(page);
  await expectGoodPage(page, 'receipt-of-past');
  await expectGoodPrint(page, 'receipt-of-past');
});

test('minutes without a contract, and for who may not see them', async ({ portal, visitor }) => {
  for (const [who, name] of [
    [people.office, 'usage-one-off'],
    [people.canteen, 'usage-bundle'],
  ] as const) {
    const customer = await visitor();
    await customer.signIn(who);
    await customer.open('/usage');
    await expectGoodPage(customer.page, name);
    await customer.open('/usage/contract');
    await expectGoodPage(customer.page, `${name}-contract`);
  }
  await portal.signIn(people.kitchen);
  const answer = await portal.page.goto('/usage');
  expect(answer!.status()).toBe(403);
  await expect(portal.main, 'whom to ask').toContainText('Marie Svobodová');
  await expectGoodPage(portal.page, 'usage-forbidden');
});

test('pages on which a person is erased', async ({ portal, context, baseURL }) => {
  await portal.open('/erased');
  await expect(portal.headline, 'nothing was erased').toHaveText('Smazání údajů');
  await context.addCookies([{ name: 'linka-done', value: 'erased./erased', url: `${baseURL}/erased` }]);
  await portal.open('/erased');
  await expect(portal.headline).toHaveText('Vaše údaje jsou smazané');
  await expectGoodPage(portal.page, 'erased');
  await portal.signIn(people.kitchen);
  await portal.open('/account/erase');
  await expectNoScript(portal.page);
  await expectGoodPage(portal.page, 'erase-oneself');
});

test('pages of a customer as its managers keep it', async ({ portal: manager }) => {
  await manager.signIn(people.manager);
  await manager.open('/desk/customers?search=Lipov');
  await manager.main.getByRole('link', { name: /Lipov/ }).first().click();
  await expect(manager.headline).toContainText('Lipov');
  const customer = new URL(manager.page.url()).pathname;
  await manager.main.locator(`a[href^="${customer}/contract/"]:not([href$="/new"])`).first().click();
  await expectNoScript(manager.page);
  await expectGoodPage(manager.page, 'contract');
  await manager.open(customer);
  await manager.main.locator(`a[href^="${customer}/people/"]:not([href$="/new"])`).first().click();
  await expectGoodPage(manager.page, 'member');
  await manager.main.locator('a[href$="/erase"]').click();
  await expectNoScript(manager.page);
  await expectGoodPage(manager.page, 'member-erase');
  for (const [address, name] of [
    ['contract/new', 'contract-new'],
    ['people/new', 'member-new'],
    ['programs', 'licences'],
    ['edit', 'customer-edit'],
  ] as const) {
    await manager.open(`${customer}/${address}`);
    await expectGoodPage(manager.page, name);
  }
});

test('pages of sales, people and the catalogue', async ({ portal: manager }) => {
  await manager.signIn(people.manager);
  for (const [address, name] of [
    ['/sales', 'sales-at-first'],
    ['/sales/bank', 'bank-at-first'],
    ['/sales/balances', 'balances-at-first'],
    ['/sales/purchases', 'sales-purchases-at-first'],
    ['/sales/receivables', 'receivables'],
    ['/sales/reminders?stage=last', 'reminders'],
    ['/sales/fees', 'fees'],
    ['/settings/staff', 'staff'],
    ['/settings/sign-in', 'sign-in-providers'],
    ['/settings/plans', 'plans'],
    ['/settings/closures', 'closures'],
    ['/desk/displaced', 'displaced'],
    ['/desk/absent', 'absent'],
    ['/settings/programs', 'programs'],
    ['/settings/programs/1', 'program'],
    ['/settings/work-types', 'work-types'],
    ['/settings/work-types/new', 'work-type-new'],
    ['/settings/work-types/1', 'work-type'],
    ['/settings/work-types/1/change?from=2027-01-04&change=slot_minutes=90', 'work-type-change'],
    ['/settings/skills/programs', 'skill'],
    ['/settings/tiers', 'tiers'],
    ['/settings/tiers/fast', 'tier'],
    ['/settings/tiers/fast/change?from=2027-01-04&change=normal_lead_minutes=240', 'tier-change'],
    ['/settings/bundles', 'price-list'],
    ['/settings/bundles/1', 'price-list-bundle'],
  ] as const) {
    await manager.open(address);
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, name);
  }
});

test('pages of the settings', async ({ portal: manager }) => {
  await manager.signIn(people.manager);
  for (const [address, name] of [
    ['/settings/regions', 'regions'],
    ['/settings/regions/1', 'region'],
    ['/settings/line', 'line-settings'],
    ['/settings/prices', 'price-settings'],
    ['/settings', 'settings'],
    ['/settings/company', 'company'],
    ['/settings/vat', 'vat'],
    ['/settings/series', 'series'],
    ['/settings/series?series_kind=invoice&pattern=FV-%7BYY%7D-%7BN%7D&pattern_from=2027-01-01', 'series-pattern'],
    ['/settings/connections', 'connections'],
    ['/settings/limits', 'limits'],
    ['/settings/notice', 'notice'],
    ['/settings/text', 'public-text'],
    ['/settings/words', 'everyday-words'],
    ['/settings/audit', 'audit'],
    ['/settings/backup', 'backup'],
    ['/settings/import', 'import'],
  ] as const) {
    await manager.open(address);
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, name);
  }
  await manager.open('/settings/embed');
  await manager.page.getByLabel('Ukazovat linku na jiných webech').check();
  await manager.page.getByRole('button', { name: 'Uložit' }).click();
  await expect(manager.page.locator('iframe').contentFrame().getByRole('heading').first()).toBeVisible();
  await expectGoodPage(manager.page, 'embed');
  await manager.open('/desk/customers/new');
  await expectGoodPage(manager.page, 'customer-new');
  await manager.open('/settings/staff');
  await manager.main.locator('a[href^="/settings/staff/"]').first().click();
  await expectGoodPage(manager.page, 'staff-person');
  await manager.open('/settings/plans');
  await manager.main.locator('a[href^="/settings/plans/"]').first().click();
  await expectGoodPage(manager.page, 'plan');
  await manager.open('/settings/line');
  await manager.page.getByLabel('Vybraný termín držíme').fill('15');
  await manager.page.getByRole('button', { name: 'Ukázat, co se změní' }).click();
  await expectNoScript(manager.page);
  await expectGoodPage(manager.page, 'line-change');
});

test('pages of the staff', async ({ visitor }) => {
  const first = (portal: Portal, address: string) => portal.main.locator(`a[href^="${address}"]`).first();
  const dispatcher = await visitor();
  await dispatcher.signIn(people.dispatcher);
  for (const [address, name] of [
    ['/desk/new', 'desk-new'],
    ['/desk/new?search=Lipov', 'desk-caller'],
    ['/desk/missed', 'missed'],
    ['/desk/customers', 'customers'],
    ['/desk/mails', 'desk-mails'],
    ['/desk/figures', 'figures'],
    ['/desk/figures?step=week', 'figures-weeks'],
  ] as const) {
    await dispatcher.open(address);
    await expectNoScript(dispatcher.page);
    await expectGoodPage(dispatcher.page, name);
  }
  for (const [address, name] of [
    ['/desk/queue', 'desk-queue'],
    ['/desk', 'desk'],
    ['/desk?view=week', 'desk-week'],
    ['/desk/appointments', 'desk-appointments'],
    ['/desk/contests', 'desk-contests'],
    ['/desk/contests/decided', 'contests-decided'],
    ['/desk/outages', 'desk-outages'],
  ] as const) {
    await dispatcher.open(address);
    await expectGoodPage(dispatcher.page, name);
  }
  await dispatcher.open('/desk/customers?search=Lipov');
  await dispatcher.main.getByRole('link', { name: /Lipov/ }).first().click();
  await expectNoScript(dispatcher.page);
  await expectGoodPage(dispatcher.page, 'customer');

  const technician = await visitor();
  await technician.signIn(people.technician);
  await expectGoodPage(technician.page, 'work');
  await technician.open('/work/contests');
  await expectGoodPage(technician.page, 'contests-own');
  await technician.open('/work?date=2026-11-25');
  await expectGoodPage(technician.page, 'work-to-come');
  await first(technician, '/work/').click();
  await expectGoodPage(technician.page, 'workbench');
  await technician.link('Doplnit úsek ručně').click();
  await expectNoScript(technician.page);
  await expectGoodPage(technician.page, 'segment-add');
});

test('mails of the demo', async ({ portal, page }) => {
  await portal.open('/mails');
  await expectNoScript(page);
  await expectGoodPage(page, 'mails');
});

test('every component in every state', async ({ portal, page }) => {
  await portal.open('/gallery');
  await expectGoodPage(page, 'gallery');
});

test('on a phone the vendor sees five words, and the others behind the last', async ({ portal, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await portal.signIn(people.manager);
  await portal.open('/desk/queue');
  const navigation = page.getByRole('navigation', { name: 'Hlavní' });
  await expect(navigation.locator('.nav-link').filter({ visible: true })).toHaveCount(5);
  await navigation.getByText('Více').click();
  await navigation.getByRole('link', { name: 'Nastavení' }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(navigation.locator('summary')).toHaveAttribute('aria-current', 'true');
});
