// Minutes bought in advance: by card, by transfer, on an invoice; and the money on its way back.

import { expect, test } from '../support/fixtures';
import { expectGoodPage, expectGoodPrint, expectNoScript } from '../support/look';
import { people } from '../support/portal';
import {
  Checkout,
  buyByCard,
  demand,
  documentRow,
  downloadDocument,
  halerOf,
  importStatement,
  openForm,
  purchaseNumber,
  buy,
  shop,
  statement,
  textOf,
} from '../support/purchase';
import { fact, mailAbout, minutesOf, statementEntries } from '../support/work';

const PIECES = 2;
const MINUTES = 120;

test('by card: refused, abandoned, paid; the minutes, the document and the mail', async ({ portal, page }) => {
  await portal.signIn(people.canteen);
  await portal.open('/usage/statement');
  const before = await statementEntries(portal);
  const balance = before.at(-1)?.balance ?? 0;

  await test.step('the form says beside its fields what is wrong, and keeps what was typed', async () => {
    await portal.open('/bundles');
    await expectNoScript(page);
    await expectGoodPage(page, 'shop');
    await openForm(portal, MINUTES);
    await expectNoScript(page);
    await expectGoodPage(page, 'purchase-form');
    await portal.field('quantity').fill('pár');
    await portal.field('reference').fill('OBJ 14/2026');
    await portal.button(shop.submit).click();
    await portal.expectProblemAt('quantity');
    await portal.expectProblemAt('method');
    await expect(portal.field('quantity')).toHaveValue('pár');
    await expect(portal.field('reference')).toHaveValue('OBJ 14/2026');
    await expectGoodPage(page, 'purchase-form-refused');
  });

  const total = await test.step('Enter in a field recounts: it buys nothing and loses nothing', async () => {
    const one = halerOf(await fact(portal, shop.total).innerText());
    await portal.radio('method', 'card').check();
    await portal.field('quantity').fill(String(PIECES));
    await portal.field('quantity').press('Enter');
    await expect(portal.main).toContainText(`Získáte ${PIECES * MINUTES}\u00a0min`);
    const two = halerOf(await fact(portal, shop.total).innerText());
    expect(two).toBe(PIECES * one);
    await expect(portal.field('quantity')).toHaveValue(String(PIECES));
    await expect(portal.field('reference')).toHaveValue('OBJ 14/2026');
    await expect(portal.radio('method', 'card')).toBeChecked();
    return two;
  });

  const checkout = new Checkout(portal);
  const number = await test.step('the card is refused, and the customer goes back to the shop', async () => {
    await portal.button(shop.submit).click();
    await checkout.expectOpen();
    expect(halerOf(await checkout.total.innerText())).toBe(total);
    await expectGoodPage(page, 'sandbox');
    await checkout.decline.click();
    await expect(page.getByRole('alert')).toContainText('Banka kartu zamítla');
    await expectGoodPage(page, 'sandbox-declined');
    await checkout.back.click();
    const number = await purchaseNumber(portal);
    // Stripe tells of it a moment later.
    await expect(async () => {
      await page.reload();
      await expect(portal.headline).toContainText('Banka platbu kartou odmítla', { timeout: 500 });
    }).toPass({ timeout: 60_000 });
    await expect(portal.main).toContainText('OBJ 14/2026');
    await expectGoodPage(page, 'purchase-card');
    return number;
  });

  await test.step('from the list of purchases to the same payment, and paid', async () => {
    await portal.open('/bundles');
    const row = portal.main.getByRole('row').filter({ hasText: number });
    await expect(row).toContainText('Čeká na platbu');
    await row.getByRole('link').click();
    await portal.link(shop.pay).click();
    await checkout.expectOpen();
    await checkout.pay.click();
    expect(await purchaseNumber(portal)).toBe(number);
    await expect(portal.headline).toContainText(`${PIECES * MINUTES}\u00a0min máte připsané do`);
    await expect(portal.link(shop.pay)).toHaveCount(0);
    await expect(portal.link(shop.cancel)).toHaveCount(0);
    await expectGoodPage(page, 'purchase-paid');
  });

  await test.step('what is paid cannot be paid again', async () => {
    await portal.open(`/bundles/purchases/${number}/pay`);
    expect(await purchaseNumber(portal)).toBe(number);
    await portal.open(`/bundles/purchases/${number}/return`);
    expect(await purchaseNumber(portal)).toBe(number);
  });

  await test.step('usage and statement know the minutes, once', async () => {
    await portal.open('/usage');
    await expect(portal.main).toContainText(`${PIECES * MINUTES}\u00a0min`);
    await portal.open('/usage/statement');
    const entries = await statementEntries(portal);
    expect(entries).toHaveLength(before.length + 1);
    expect(entries.at(-1)).toMatchObject({ change: PIECES * MINUTES, balance: balance + PIECES * MINUTES });
  });

  await test.step('the tax document: listed, read by people and by programs, in the archive of its year', async () => {
    await portal.open('/documents');
    const row = documentRow(portal, 'Daňový doklad k přijaté platbě', `${PIECES}\u00a0×\u00a0${MINUTES}\u00a0min`).first();
    expect(halerOf(await row.locator('.number').innerText())).toBe(total);
    await downloadDocument(portal, row);
    const archive = await page.request.get((await portal.link(/\(ZIP\)$/).getAttribute('href'))!);
    expect((await archive.body()).subarray(0, 2).toString()).toBe('PK');
    await expectNoScript(page);
    await expectGoodPage(page, 'documents');
    await expectGoodPrint(page, 'documents');
  });

  await test.step('the mail', async () => {
    const mail = await mailAbout(portal, new RegExp(`^Připsali jsme ${PIECES * MINUTES}\\smin`, 'u'), number);
    expect(halerOf(/Platbu (.*?Kč)/u.exec(mail)![1]!)).toBe(total);
  });
});

test('by transfer: the statement is imported, an underpayment waits for a manager', async ({ portal: customer, visitor }, info) => {
  const manager = await visitor();
  await customer.signIn(people.office);
  await manager.signIn(people.manager);
  await test.step('reminders are switched on; they go while all of this goes on', async () => {
    await manager.open('/sales/reminders');
    await manager.field('days_after').fill('3');
    const form = manager.page.locator('form').filter({ has: manager.page.locator('[name="days_after"]') });
    await form.getByRole('button').click();
    await expect(manager.field('days_after')).toHaveValue('3');
    await expect(manager.errorSummary).toHaveCount(0);
  });
  await customer.open('/usage/statement');
  const before = await statementEntries(customer);

  const placed = async () => {
    await buy(customer, MINUTES, 'transfer');
    const number = await purchaseNumber(customer);
    await expect(customer.headline).toContainText('Zbývá zaplatit');
    return { number, ...(await demand(customer)) };
  };
  const whole = await placed();
  await test.step('everything to type, and the same to scan', async () => {
    await expect(customer.main.getByRole('img', { name: /^QR kód/ })).toBeVisible();
    await expectGoodPage(customer.page, 'purchase-transfer');
    await customer.open('/documents');
    await expect(documentRow(customer, 'Zálohová faktura', whole.symbol)).toHaveCount(1);
  });
  const short = await placed();
  expect(short.symbol).not.toBe(whole.symbol);

  const missing = 100_00;
  const payer = 'Obec Dolany';
  // Unlike any that this journey has brought to the same bank before.
  const reference = 26_000_000_000 + Number(whole.symbol) % 1_000_000 * 10;
  const file = statement(reference, [
    { haler: whole.haler, symbol: whole.symbol, payer },
    { haler: short.haler - missing, symbol: short.symbol, payer },
    { haler: 5_00, symbol: '77', payer: 'Někdo cizí' },
  ]);
  const name = `vypis-${whole.symbol}.csv`;

  await test.step('a file that is no statement is refused', async () => {
    await manager.open('/sales/bank');
    await manager.field('file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('dobrý den\n') });
    await manager.button('Nahrát výpis').click();
    await expect(manager.errorSummary).toContainText('Není to ABO (GPC), CSV');
    await expectGoodPage(manager.page, 'bank-refused');
  });

  await test.step('what pays a proforma exactly is matched, the rest waits with its reason', async () => {
    await importStatement(manager, name, file);
    await expect(manager.main).toContainText(`Výpis ${name} je nahraný`);
    await expect(manager.main).toContainText('spárováno 1, čeká na rozhodnutí 2');
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'bank');
  });

  await test.step('the same file again changes nothing', async () => {
    await importStatement(manager, name, file);
    await expect(manager.main).toContainText('Tento výpis už jste nahráli');
    await expect(manager.main).toContainText('Ivana Bartošová');
  });

  await test.step('the customer has the minutes of what was paid, and the document', async () => {
    await customer.open(`/bundles/purchases/${whole.number}`);
    await expect(customer.headline).toContainText(`${MINUTES}\u00a0min máte připsané do`);
    await customer.open('/documents');
    await downloadDocument(customer, documentRow(customer, 'Daňový doklad k přijaté platbě').first());
    await customer.open('/documents/statement');
    await expect(customer.headline).toHaveText('Výpis z účtu');
    await expect(customer.main).toContainText(`Objednávka ${whole.number}`);
    await expectNoScript(customer.page);
    await expectGoodPage(customer.page, 'account-statement');
    await mailAbout(customer, /^Připsali jsme 120\smin/u, whole.number);
    await customer.open(`/bundles/purchases/${short.number}`);
    await expect(customer.headline).toContainText('Zbývá zaplatit');
  });

  const waiting = manager.main.getByRole('navigation', { name: 'Platby, které čekají na rozhodnutí' });
  await test.step('the manager assigns the underpayment and sets aside what belongs to nobody', async () => {
    await manager.open('/sales');
    await manager.main.getByRole('link', { name: /na rozhodnutí$/ }).click();
    await waiting.getByRole('link').filter({ hasText: payer }).click();
    await expect(manager.main).toContainText('Přišlo méně, než zbývá zaplatit');
    await expect(manager.main.locator(`a[href="/sales/purchases/${short.number}"]`)).toBeVisible();
    await expectGoodPage(manager.page, 'bank-underpaid');
    await manager.button('Přiřadit k dokladu').click();
    await expect(waiting.getByRole('link').filter({ hasText: payer })).toHaveCount(0);

    await waiting.getByRole('link').filter({ hasText: 'Někdo cizí' }).click();
    await manager.button('Odložit').click();
    await manager.expectProblemAt('reason');
    await manager.field('reason').fill('Poslána omylem, vrácena 24. 11.');
    await manager.button('Odložit').click();
    await expect(waiting.getByRole('link').filter({ hasText: 'Někdo cizí' })).toHaveCount(0);
  });

  await test.step('what was set aside is taken back with a reason, and what is missing is asked for', async () => {
    await manager.open('/sales/balances');
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'balances');
    await manager.main.getByRole('link', { name: /Vzít zpět.*5\sKč odloženo/u }).first().click();
    await manager.button('Vzít rozhodnutí zpět').click();
    await manager.expectProblemAt('reason');
    await manager.field('reason').fill('Patří přece jen k nám.');
    await manager.button('Vzít rozhodnutí zpět').click();
    await manager.open('/sales/bank');
    await waiting.getByRole('link').filter({ hasText: 'Někdo cizí' }).click();
    await expect(manager.main).toContainText('Rozhodnutí o ní jste vzali zpět');
    await manager.field('reason').fill('Poslána omylem, vrácena 24. 11.');
    await manager.button('Odložit').click();
    await expect(waiting.getByRole('link').filter({ hasText: 'Někdo cizí' })).toHaveCount(0);

    // What taking back a payment means that a purchase rests on is shown, and nothing is done without a reason.
    await manager.open(`/sales/purchases/${whole.number}`);
    await manager.main.getByRole('link', { name: /^Vzít zpět/ }).first().click();
    await expect(manager.headline).toContainText('Vzít zpět platbu');
    await expect(manager.main).toContainText('opravný daňový doklad');
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'unmatch');
    await manager.button('Vzít platbu zpět').click();
    await manager.expectProblemAt('reason');

    await manager.open(`/sales/balances?document=${short.symbol}`);
    await expect(manager.main).toContainText(/Odepsat jde nejvýš 10\sKč/u);
    await expectGoodPage(manager.page, 'balances-difference');
    await manager.button(/^Požádat e-mailem/).click();
    await mailAbout(customer, /zbývá zaplatit 100\sKč/u, short.symbol);
  });

  await test.step('what is missing comes, and completes the purchase by itself', async () => {
    await customer.open(`/bundles/purchases/${short.number}`);
    expect(halerOf(await customer.headline.innerText())).toBe(missing);
    expect((await demand(customer)).haler).toBe(missing);
    expect(halerOf(await fact(customer, 'Už přišlo').innerText())).toBe(short.haler - missing);
    await expectGoodPage(customer.page, 'purchase-partly-paid');
    await importStatement(manager, `doplatek-${short.symbol}.csv`, statement(reference + 5, [{ haler: missing, symbol: short.symbol, payer }]));
    await expect(manager.main).toContainText('spárováno 1, čeká na rozhodnutí 0');
    // The page that was left open says so by itself.
    if (info.project.name !== 'script') await customer.open(`/bundles/purchases/${short.number}`);
    await expect(customer.headline).toContainText(`${MINUTES}\u00a0min máte připsané do`);
    await expect(customer.main).toContainText('Zaplaceno');
    await expect(customer.main).not.toContainText('Už přišlo');
  });

  await test.step('both stand in the statement of minutes', async () => {
    await customer.open('/usage/statement');
    const entries = (await statementEntries(customer)).slice(before.length);
    expect(entries.map((entry) => entry.change)).toEqual([MINUTES, MINUTES]);
    expect(entries[1]!.balance - entries[0]!.balance).toBe(MINUTES);
  });

  await test.step('who owes from before agrees on an instalment, and it is noted', async () => {
    await manager.open('/sales/receivables');
    await manager.main.getByRole('link', { name: /Javor/ }).click();
    await expect(manager.main).toContainText('FV2026-0131');
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'receivable');
    await manager.button('Domluvit').click();
    await manager.expectProblemAt('note');
    await manager.field('note').fill('Zaplatí po uzávěrce.');
    await manager.field('parts').fill('15. 12. 2026: 3 630');
    await manager.button('Domluvit').click();
    await expect(manager.main).toContainText('Neupomíná se do 15.');
  });

  await test.step('who owes longer than that is reminded, pays, and is listed no more', async () => {
    const debtor = await visitor();
    await debtor.signIn(people.debtor);
    await debtor.open('/documents');
    await expect(debtor.main).toContainText('FV2026-0138');
    // Every process looks once a minute.
    const letter = /^Připomínáme platbu 1\s315,50\sKč$/u;
    const text = await mailAbout(manager, letter, '260138', 90_000);
    for (const fact of ['FV2026-0138', '19-2000145399/0800', '/documents']) expect(text).toContain(fact);
    const mail = await manager.main.getByRole('link', { name: letter }).first().getAttribute('href');
    const html = await (await manager.page.request.get(mail!)).text();
    expect(html, 'the code is in the mail itself').toContain('src="data:image/png;base64,');
    await manager.open('/sales/receivables');
    await expect(manager.main).toContainText('Kovárna');

    const paid = { haler: 1315_50, symbol: '260138', payer: 'SPŠ Kovárna' };
    await importStatement(manager, `upominka-${whole.symbol}.csv`, statement(reference + 7, [paid]));
    await expect(manager.main).toContainText('spárováno 1, čeká na rozhodnutí 0');
    await manager.open('/sales/receivables');
    await expect(manager.main).not.toContainText('Kovárna');
    await debtor.open('/documents');
    await expect(debtor.main).not.toContainText('FV2026-0138');
    await debtor.open('/documents/statement');
    await expect(debtor.main).toContainText('FV2026-0138');
  });
});

test('a manager gives the money of a part back, and sees what was sold', async ({ portal: customer, visitor }) => {
  const manager = await visitor();
  await customer.signIn(people.canteen);
  await manager.signIn(people.manager);
  const number = await buyByCard(customer, 300);
  const back = 100;

  await test.step('how many, and what that means', async () => {
    await manager.open(`/sales/purchases?search=${number}`);
    await expectGoodPage(manager.page, 'sales-purchases');
    await manager.main.getByRole('link', { name: number }).click();
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'sales-purchase');
    await manager.field('minutes').fill('5000');
    await manager.button('Spočítat, kolik se vrátí').click();
    await expect(manager.main).toContainText('Napište celé číslo, nejvýš tolik minut, kolik jich zbývá');
    await manager.field('minutes').fill(String(back));
    await manager.button('Spočítat, kolik se vrátí').click();
    await expect(manager.main).toContainText('zbude 200\u00a0min');
    await expectGoodPage(manager.page, 'sales-refund');
  });

  const amount = await test.step('it wants a reason', async () => {
    const send = manager.button(/^Vrátit .* Kč$/u);
    const amount = halerOf(await send.innerText());
    await send.click();
    await manager.expectProblemAt('reason');
    await manager.field('reason').fill('Zákazník si objednal víc, než potřeboval.');
    await send.click();
    await expect(manager.page).toHaveURL(new RegExp(`/sales/purchases/${number}$`));
    return amount;
  });

  await test.step('the purchase says so on both sides', async () => {
    const refunds = manager.main.getByRole('region', { name: 'Vrácené peníze' });
    await expect(async () => {
      await manager.open(`/sales/purchases/${number}`);
      await expect(refunds).toContainText('Vráceno na kartu', { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await expect(refunds).toContainText(`${back}\u00a0min`);
    await expect(refunds).toContainText('Zákazník si objednal víc, než potřeboval.');
    await expectGoodPage(manager.page, 'sales-purchase-refunded');

    await customer.open(`/bundles/purchases/${number}`);
    await expect(customer.headline).toContainText('Vrátili jsme vám');
    expect(halerOf(await customer.headline.innerText())).toBe(amount);
    await expect(customer.main).toContainText('Zbývá 200 z 300\u00a0min');
    await expectGoodPage(customer.page, 'purchase-refunded');
  });

  await test.step('the credit note, and the minutes that went', async () => {
    await customer.open('/documents');
    const note = documentRow(customer, 'Opravný daňový doklad', number);
    await downloadDocument(customer, note);
    await customer.open('/usage/statement');
    expect((await statementEntries(customer)).at(-1)!.change).toBe(-back);
  });

  await test.step('the owner sees it, and takes the year home as a table', async () => {
    await manager.open('/sales');
    await expect(manager.headline).toHaveText('Prodej');
    const returned = await manager.main.locator('.sales-facts > div').filter({ hasText: 'Vráceno za peníze' }).locator('dd').innerText();
    expect(minutesOf(returned)).toBeGreaterThanOrEqual(back);
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'sales');
    const table = await textOf(manager, manager.link(/\(CSV\)$/));
    expect(table).toContain(number);
  });

  await test.step('the accountant takes the month home, and locks one that is told', async () => {
    await manager.open('/sales/accounting?from=2026-11-01&until=2026-11-30&by=tax&kind=credit_note');
    await expectNoScript(manager.page);
    await expectGoodPage(manager.page, 'accounting');
    await expect(manager.main.getByRole('region', { name: 'Doklady', exact: true }).getByRole('row')).not.toHaveCount(0);
    const pack = await textOf(manager, manager.link('POHODA XML'));
    expect(pack).toContain('<inv:invoiceType>issuedCreditNotice</inv:invoiceType>');
    // What the list leaves out is in no file.
    expect(pack).not.toContain('issuedInvoice');
    // Long before anything that is sold here.
    const month = manager.main.getByRole('row').filter({ hasText: /prosinec 2025/i });
    await month.getByRole('button', { name: /^Uzavřít/ }).click();
    await expect(month).toContainText('Uzavřený');
    await manager.button('Znovu otevřít').click();
    await manager.expectProblemAt('reason');
    await expectGoodPage(manager.page, 'accounting-unlock');
    await manager.field('reason').fill('Dodatečné přiznání.');
    await manager.button('Znovu otevřít').click();
    await expect(month).toContainText('Dodatečné přiznání.');
  });
});

test('a purchase that nobody paid is called off', async ({ portal, page }) => {
  await portal.signIn(people.school);
  for (const method of ['transfer', 'card'] as const) {
    await buy(portal, 60, method);
    if (method === 'card') await new Checkout(portal).back.click();
    const number = await purchaseNumber(portal);
    if (method === 'card') {
      await portal.button('Zaplatit raději převodem').click();
      await expect(portal.headline).toContainText('Zbývá zaplatit');
      await portal.button('Zaplatit raději kartou').click();
      await new Checkout(portal).expectOpen();
      await new Checkout(portal).back.click();
    }
    const checkout = method === 'card' ? `/bundles/purchases/${number}/pay` : undefined;
    await portal.link(shop.cancel).click();
    if (method === 'transfer') await expectGoodPage(page, 'purchase-cancel');
    await portal.button(shop.cancel).click();
    expect(await purchaseNumber(portal)).toBe(number);
    await expect(portal.headline).toHaveText('Objednávka je zrušená');
    await expect(portal.link(shop.cancel)).toHaveCount(0);
    if (method === 'transfer') await expectGoodPage(page, 'purchase-cancelled');
    if (checkout) {
      await portal.open(checkout);
      expect(await purchaseNumber(portal), 'it leads to no payment').toBe(number);
    }
  }
});

test('who may not buy is told who may', async ({ portal, visitor }) => {
  await portal.open('/bundles');
  await expect(portal.link(/^Koupit/)).toHaveCount(0);
  await portal.link('Přihlásit se a koupit').click();
  await portal.fillSignIn(people.kitchen);
  await expect(portal.page).toHaveURL(/\/bundles$/);
  await expect(portal.link(/^Koupit/)).toHaveCount(0);
  await expect(portal.main).toContainText('Jana Nováková');
  await expectGoodPage(portal.page, 'shop-ask');

  const buyer = await visitor();
  await buyer.signIn(people.school);
  await openForm(buyer, 60);
  const form = new URL(buyer.page.url()).pathname;
  const forbidden = await portal.page.goto(form);
  expect(forbidden!.status()).toBe(403);
  await expect(portal.main).toContainText('Jana Nováková');
  expect((await portal.page.goto('/documents'))!.status()).toBe(403);

  const bookkeeper = await visitor();
  await bookkeeper.signIn(people.bookkeeper);
  await bookkeeper.open('/documents');
  await expect(bookkeeper.headline).toHaveText('Doklady');
  expect((await bookkeeper.page.goto(form))!.status()).toBe(403);
  await buyer.radio('method', 'transfer').check();
  await buyer.button(shop.submit).click();
  const number = await purchaseNumber(buyer);
  await bookkeeper.open(`/bundles/purchases/${number}`);
  await expect(bookkeeper.headline, 'who pays it sees it').toContainText('Zbývá zaplatit');
  await expect(bookkeeper.link(shop.cancel)).toHaveCount(0);

  const stranger = await visitor();
  await stranger.signIn(people.office);
  expect((await stranger.page.goto(`/bundles/purchases/${number}`))!.status(), 'of another customer').toBe(404);
  await buyer.link(shop.cancel).click();
  await buyer.button(shop.cancel).click();
});

test('a trusted customer has the minutes at once, and an invoice', async ({ portal: customer, visitor }) => {
  const manager = await visitor();
  await manager.signIn(people.manager);
  await manager.open('/desk/customers?search=Lipov');
  await manager.main.getByRole('link', { name: /Lipov/ }).first().click();
  await expectGoodPage(manager.page, 'customer-billing');
  const trust = async (trusted: boolean) => {
    await manager.radio('trusted', String(trusted)).check();
    await manager.button('Uložit způsob platby').click();
    await expect(manager.radio('trusted', String(trusted))).toBeChecked();
  };
  await trust(true);

  await customer.signIn(people.school);
  await openForm(customer, 60);
  await expect(customer.main).toContainText('Minuty připíšeme hned.');
  await customer.radio('method', 'transfer').check();
  await customer.button(shop.submit).click();
  const number = await purchaseNumber(customer);
  await expect(customer.headline).toContainText('60\u00a0min máte připsané do');
  await expect(customer.main).toContainText('Fakturu zaplaťte do');
  await expect(customer.link(shop.cancel), 'the minutes are there').toHaveCount(0);
  await expectGoodPage(customer.page, 'purchase-on-invoice');
  await customer.open('/documents');
  const invoice = documentRow(customer, 'Faktura', '60\u00a0min');
  await downloadDocument(customer, invoice.first());
  const invoiceNumber = (await invoice.first().locator('.document-number').innerText()).trim();
  await invoice.first().getByRole('link', { name: 'Zaplatit' }).click();
  expect(await purchaseNumber(customer), 'where it is paid').toBe(number);
  await customer.open(`/documents/${invoiceNumber}/payment`);
  await expect(customer.headline).toContainText('Zaplaťte');
  await expectNoScript(customer.page);
  await expectGoodPage(customer.page, 'document-payment');
  await customer.open('/usage/statement');
  expect((await statementEntries(customer)).at(-1)!.change).toBe(60);

  await manager.open('/sales');
  await expect(manager.main.getByRole('row').filter({ hasText: number })).toContainText('Faktura');
  await manager.open('/desk/customers?search=Lipov');
  await manager.main.getByRole('link', { name: /Lipov/ }).first().click();
  await trust(false);
});

test('minutes that come by themselves: subscribed, paid, ended and taken back; by a card that fails, and by another', async ({ portal: customer, visitor }, info) => {
  const manager = await visitor();
  await manager.signIn(people.manager);
  const minutes = 75;

  await test.step('the manager sells a plan', async () => {
    await manager.open('/settings/bundles');
    await manager.field('bundle_minutes').fill(String(minutes));
    await manager.field('price').fill('1500');
    await manager.radio('comes', 'month').check();
    await manager.button('Přidat').click();
    await expect(manager.main.getByRole('row').filter({ hasText: `${minutes}\u00a0min` }).first()).toContainText('Každý měsíc');
    await expectGoodPage(manager.page, 'price-list-plans');
  });

  // One subscription at a time, and it lasts: each run has a customer of its own.
  await customer.signIn(info.project.name === 'script' ? people.canteen : people.office);
  await test.step('the shop shows both ways side by side', async () => {
    await customer.open('/bundles');
    await expectGoodPage(customer.page, 'shop-plans');
    await customer.link(new RegExp(`^Předplatit.*${minutes}\\smin$`, 'u')).click();
    await expect(customer.headline).toContainText('každý měsíc');
    await expectNoScript(customer.page);
    await expectGoodPage(customer.page, 'subscribe');
    await customer.radio('method', 'transfer').check();
    await customer.button('Předplatit').click();
    await expect(customer.page).toHaveURL(/\/bundles\/subscription$/);
    await expect(customer.main).toContainText('Čeká se na platbu');
  });

  await test.step('its period is paid as any purchase', async () => {
    await customer.main.locator('a[href^="/bundles/purchases/"]').first().click();
    const asked = await demand(customer);
    const reference = 27_000_000_000 + (Number(asked.symbol) % 1_000_000) * 10;
    await importStatement(manager, `predplatne-${asked.symbol}.csv`, statement(reference, [{ ...asked, payer: 'Předplatitel' }]));
    await customer.open('/bundles/subscription');
    await expect(customer.main).toContainText('Zaplaceno');
    await expect(customer.headline).toContainText('Předplatné pokračuje');
    await expectGoodPage(customer.page, 'subscription');
  });

  await test.step('it ends with its period, unless that is taken back', async () => {
    await customer.button('Ukončit ke konci období').click();
    await expect(customer.headline).toContainText('Předplatné končí');
    await customer.button('Nechat pokračovat').click();
    await expect(customer.headline).toContainText('Předplatné pokračuje');
  });

  await test.step('a card is saved on the page for it, and given up again', async () => {
    await customer.link('Platit kartou').click();
    await expect(customer.page.getByRole('heading', { level: 1 })).toHaveText('Zkušební platba');
    await customer.page.getByRole('button', { name: 'Uložit kartu' }).click();
    await expect(customer.page).toHaveURL(/\/bundles\/subscription$/);
    await expect(customer.main).toContainText('končící 4242');
    await expectGoodPage(customer.page, 'subscription-card');
    await customer.button('Platit převodem').click();
    await expect(customer.main).toContainText('Převodem nebo na fakturu');
  });

  await test.step('minutes are topped up from the card that is saved, until that is switched off', async () => {
    await customer.open('/bundles/top-up');
    await customer.main.getByRole('radio').first().check();
    await customer.field('below').fill('málo');
    await customer.button('Zapnout dobíjení').click();
    await customer.expectProblemAt('below');
    await customer.field('below').fill('1');
    await customer.button('Zapnout dobíjení').click();
    await expect(customer.headline).toContainText('Minuty se dobíjejí samy');
    await expectNoScript(customer.page);
    await expectGoodPage(customer.page, 'top-up');
    await customer.button('Vypnout dobíjení').click();
    await expect(customer.headline).toContainText('Automatické dobíjení minut');
  });

  await test.step('the card is removed', async () => {
    await customer.link('Uložená karta').click();
    await expect(customer.headline).toHaveText('Uložená karta');
    await expect(customer.main).toContainText('Nic se z ní teď neplatí.');
    await expectNoScript(customer.page);
    await expectGoodPage(customer.page, 'saved-card');
    await customer.button('Odebrat kartu').click();
    await expect(customer.headline).toHaveText('Žádná karta není uložená');
    await expectGoodPage(customer.page, 'saved-card-removed');
    await customer.open('/bundles/subscription');
  });

  await test.step('it pauses with its period', async () => {
    await customer.button('Pozastavit ke konci období').click();
    await expect(customer.headline).toContainText('Předplatné se pozastaví');
    await expectGoodPage(customer.page, 'subscription-pauses');
    await customer.open('/bundles');
    await expect(customer.link('Vaše předplatné')).toBeVisible();
  });

  // The demo has one who pays by a saved card, which the bank has declined as it began.
  const subscriber = await visitor();
  await subscriber.signIn(people.subscriber);
  const mail = await test.step('a renewal that was declined is told, with the way to another card', async () => {
    await subscriber.open('/bundles/subscription');
    await expect(subscriber.main).toContainText('Čeká se na platbu');
    await expect(subscriber.main).toContainText('končící 0341');
    await expectGoodPage(subscriber.page, 'subscription-declined');
    return mailAbout(subscriber, /^Platba kartou neprošla/u, '/bundles/subscription/card');
  });

  await test.step('another card pays what is due at once', async () => {
    await subscriber.open(new URL(/https?:\S*\/bundles\/subscription\/card/.exec(mail)![0]).pathname);
    await expect(subscriber.page.getByRole('heading', { level: 1 })).toHaveText('Zkušební platba');
    await subscriber.page.getByRole('button', { name: 'Uložit kartu' }).click();
    await expect(subscriber.page).toHaveURL(/\/bundles\/subscription$/);
    await expect(subscriber.main).toContainText('končící 4242');
    // A job takes it; the page says so by itself.
    await expect(async () => {
      if (info.project.name !== 'script') await subscriber.open('/bundles/subscription');
      await expect(subscriber.main).toContainText('Zaplaceno', { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await subscriber.open('/usage');
    await expect(subscriber.main).toContainText('60\u00a0min');
  });

  await test.step('it is ended', async () => {
    await subscriber.open('/bundles/subscription');
    await subscriber.button('Ukončit ke konci období').click();
    await expect(subscriber.headline).toContainText('Předplatné končí');
  });
});
