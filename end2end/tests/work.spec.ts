// The work and its minutes: a customer, a technician and dispatch side by side.

import { expect, test } from '../support/fixtures';
import { expectAlwaysInSight, expectGoodPage, expectGoodPrint, expectNoScript, expectWithinReach } from '../support/look';
import { people, tick, words } from '../support/portal';
import { Bench, fact, mailAbout, minutesOf, nameOf, orderFromSomebody, secondsOf, statementEntries } from '../support/work';

const CEILING = 30;
/** How many seconds are left to the ceiling when the clock is started for the last stretch. */
const LAST_SECONDS = 8;
const REPORT = 'Odstranili jsme záporný stav u tří položek a uzávěrku jsme s vámi dokončili.';

test('from the order over the ceiling to the receipt, and an objection to it', async ({ portal: customer, visitor, javaScriptEnabled }) => {
  const [dispatcher, technician] = [await visitor(), await visitor()];
  await dispatcher.signIn(people.dispatcher);
  await customer.signIn(people.school);

  const { number, name } = await test.step('ordered with a ceiling', async () => {
    const { number, email } = await orderFromSomebody(customer, dispatcher, CEILING);
    await technician.signIn(email);
    await customer.open(`/requests/${number}`);
    await expect(customer.main).toContainText(`${CEILING}\u00a0min`);
    expect(await mailAbout(dispatcher, /^Termín je domluvený/, number)).toContain('Jana Nováková');
    return { number, name: nameOf(email) };
  });
  const bench = new Bench(technician, number);

  await test.step('the clock starts, and the customer sees it', async () => {
    await technician.open('/work');
    await technician.main.locator(`a[href="/work/${number}"]`).click();
    await expectGoodPage(technician.page, 'workbench-ahead');
    await expectAlwaysInSight(technician.page, bench.start);

    // The session by which the customer lets the technician in: what leads elsewhere is refused.
    const session = technician.main.locator('details:has([name="session_link"])');
    await session.locator('summary').click();
    await technician.field('session_link').fill('https://example.cz/s12345678');
    await technician.button('Uložit relaci').click();
    await technician.expectProblemAt('session_link');
    await technician.field('session_link').fill('s12-345-678');
    await technician.button('Uložit relaci').click();
    await customer.open(`/requests/${number}`);
    await expect(customer.link('Spustit TeamViewer k domluvenému termínu')).toHaveAttribute(
      'href',
      'https://get.teamviewer.com/s12345678',
    );
    await bench.open();
    await bench.start.click();
    await expect(technician.headline).toHaveText('Hodiny běží');
    // Preparation ahead of the agreed time takes nothing from the customer.
    await customer.open(`/requests/${number}`);
    await expect(customer.headline).not.toHaveText(words.inProgress);
    await expect(customer.control(words.move)).toHaveCount(1);
    await bench.kind('communication').click();
    await expect(bench.kind('communication')).toHaveAttribute('aria-current', 'true');
    await customer.open(`/requests/${number}`);
    await expect(customer.headline).toHaveText(words.inProgress);
    await expect(customer.main).toContainText(`${CEILING}\u00a0min`);
    await expect(customer.control(words.move)).toHaveCount(0);
    await expectGoodPage(technician.page, 'workbench-running');
    await expectAlwaysInSight(technician.page, bench.stop);
    await bench.stop.click();
    await expect(technician.headline).toHaveText('Hodiny stojí');
  });

  await test.step('a segment added by hand; what is wrong is said beside its field and nothing typed is lost', async () => {
    await technician.link('Doplnit úsek ručně').click();
    await technician.field('started_at').fill('2026-11-23T06:30');
    await technician.field('ended_at').fill('2026-11-23T06:00');
    await technician.field('reason').fill('Data jsme stáhli předem.');
    await technician.radio('kind', 'communication').check();
    await technician.button('Uložit').click();
    await technician.expectProblemAt('ended_at');
    await expect(technician.field('started_at')).toHaveValue(/^2026-11-23T06:30/);
    await expect(technician.field('ended_at')).toHaveValue(/^2026-11-23T06:00/);
    await expect(technician.field('reason')).toHaveValue('Data jsme stáhli předem.');
    await expect(technician.radio('kind', 'communication')).toBeChecked();
    await expectGoodPage(technician.page, 'segment-refused');

    await bench.open();
    await bench.addSegment(CEILING * 60 - LAST_SECONDS - (await bench.seconds()), 'Oprava běžela ráno bez hodin.');
    expect(await bench.seconds()).toBe(CEILING * 60 - LAST_SECONDS);
    await expect(technician.main).toContainText('Doplněno ručně');
  });

  await test.step('the ceiling is reached while the clock runs', async () => {
    await bench.kind('work').click();
    await expect(technician.headline).toHaveText('Hodiny běží');
    if (javaScriptEnabled) {
      await expect(technician.main.getByText('Strop je vyčerpaný, účtovaný čas se zastavil.')).toBeVisible();
      expect(await bench.seconds(), 'it stops there').toBe(CEILING * 60);
    } else {
      await technician.page.waitForTimeout((LAST_SECONDS + 2) * 1000);
    }
    await bench.kind('communication').click();
    await expect(technician.main).toContainText('Strop je vyčerpaný a zákazník zatím nesouhlasil.');
    await bench.open();
    await expect(technician.headline).toHaveText('Čeká se na souhlas zákazníka');
    expect(await bench.seconds(), 'nothing above it is charged').toBe(CEILING * 60);
    await expect(bench.kind('work')).toBeDisabled();
    await expect(bench.kind('waiting')).toHaveAttribute('aria-current', 'true');
    await expectGoodPage(technician.page, 'workbench-asked');
    await technician.main.locator('details:has(form) > summary[aria-labelledby="heard"]').click();
    await expectWithinReach(technician.page, {
      yes: technician.main.locator('.card-choice').filter({ has: technician.radio('agreed', 'true') }),
      no: technician.main.locator('.card-choice').filter({ has: technician.radio('agreed', 'false') }),
      written: technician.button('Zapsat odpověď'),
    });
  });

  await test.step('the question is on the page and in the mail, and only a buyer answers it', async () => {
    const mail = await mailAbout(dispatcher, new RegExp(`^Smíme pokračovat.*${number}`), number);
    expect(mail).toContain(`/requests/${number}`);

    const kitchen = await visitor();
    await kitchen.signIn(people.kitchen);
    const answer = await kitchen.page.goto(`/requests/${number}`);
    expect(answer!.status(), 'a colleague who may only order sees only their own').toBe(404);

    await customer.open(`/requests/${number}`);
    await expect(customer.headline).toHaveText(words.asked);
    await expectGoodPage(customer.page, 'request-asked');
    await expectWithinReach(customer.page, {
      yes: customer.main.locator('.card-choice').filter({ has: customer.radio('agreed', 'true') }),
      no: customer.main.locator('.card-choice').filter({ has: customer.radio('agreed', 'false') }),
      sent: customer.button('Odeslat odpověď'),
    });
    await customer.button('Odeslat odpověď').click();
    await customer.expectProblemAt('agreed');
    await customer.radio('agreed', 'true').check();
    await customer.field('new_ceiling').fill(String(CEILING - 10));
    await customer.button('Odeslat odpověď').click();
    await customer.expectProblemAt('new_ceiling');
    await expect(customer.field('new_ceiling')).toHaveValue(String(CEILING - 10));
    await expect(customer.radio('agreed', 'true')).toBeChecked();
    await expectGoodPage(customer.page, 'request-asked-refused');
    await customer.field('new_ceiling').fill(String(CEILING + 15));
    await customer.button('Odeslat odpověď').click();
    await expect(customer.headline).toHaveText(words.inProgress);
    await expect(customer.main).toContainText(`souhlasí s pokračováním do ${CEILING + 15}\u00a0min`);
  });

  await test.step('the technician goes on and closes', async () => {
    if (javaScriptEnabled) {
      await expect(technician.page.locator('#work-answered'), 'the bench that is open says so').toBeVisible();
    }
    await bench.open();
    await expect(technician.main).toContainText(`Souhlas: pokračovat do ${CEILING + 15}`);
    await bench.kind('work').click();
    await expect(bench.kind('work')).toHaveAttribute('aria-current', 'true');
    await technician.page.waitForTimeout(2000);
    await bench.stop.click();
    await expect(technician.headline).toHaveText('Hodiny stojí');
    expect(await bench.seconds()).toBeGreaterThan(CEILING * 60);
    // What TeamViewer says stands beside the clock, and changes nothing.
    const before = await bench.seconds();
    await technician.open('/work/connections');
    await technician.field('file').setInputFiles({
      name: 'spojeni.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Uživatel;Kód relace;Zařízení;Začátek;Konec\n${name};s12-345-678;Kancelář;23. 11. 2026 7:50;23. 11. 2026 8:20\n`),
    });
    await technician.button('Nahrát spojení').click();
    await expect(technician.main).toContainText('spojeni.csv');
    await expectGoodPage(technician.page, 'connections');
    await bench.open();
    await expect(technician.main).toContainText('Co říká TeamViewer');
    await expect(technician.main).toContainText('Kancelář');
    expect(await bench.seconds()).toBe(before);
    await expectGoodPage(technician.page, 'workbench-paused');

    // Nobody ends a request by not looking.
    for (const answer of ['true', 'false']) await expect(technician.radio('finished', answer)).not.toBeChecked();
    await bench.close('');
    await technician.expectProblemAt('report');
    await bench.close(REPORT);
    await expect(technician.headline).toHaveText('Uzavřeno');
    await expectGoodPage(technician.page, 'workbench-done');
  });

  const receipt = `/requests/${number}/receipt/1`;
  const billed = CEILING + 1;

  await test.step('the receipt: a calculator gets to the same number', async () => {
    await customer.open(`/requests/${number}`);
    await expect(customer.headline).toContainText(`${billed}\u00a0min`);
    await expect(customer.main).toContainText(REPORT);
    await expectGoodPage(customer.page, 'request-closed');
    await customer.main.locator(`a[href="${receipt}"]`).click();
    await expect(customer.headline).toHaveText(`Účtujeme ${billed}\u00a0min`);
    await expect(customer.main).toContainText(REPORT);
    await expect(customer.main).toContainText('Oprava běžela ráno bez hodin.');
    await expect(customer.main).toContainText('Spojení podle TeamVieweru');

    const rows = customer.main.locator('.table-segments tbody tr');
    const charged = rows.and(customer.page.locator('tr:not(.segment-free)')).locator('td:last-child');
    const effective = (await charged.allInnerTexts()).map(secondsOf).reduce((sum, seconds) => sum + seconds, 0);
    expect(secondsOf(await fact(customer, 'Účtovaný čas').innerText()), 'the sum of what is charged').toBe(effective);
    expect(Math.ceil(effective / 60)).toBe(billed);
    expect(minutesOf(await fact(customer, 'Účtujeme').innerText())).toBe(billed);
    const payers = await customer.main.locator('.calculation dl').nth(1).locator('dd').allInnerTexts();
    expect(payers.map(minutesOf).reduce((sum, minutes) => sum + minutes, 0), 'what paid for it').toBe(billed);

    const pdf = await customer.page.request.get((await customer.link('Stáhnout PDF').getAttribute('href'))!);
    expect(pdf.headers()['content-type']).toBe('application/pdf');
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await expectNoScript(customer.page);
    await expectGoodPage(customer.page, 'receipt');
    await expectGoodPrint(customer.page, 'receipt');
    expect(await mailAbout(dispatcher, new RegExp(`^Hotovo: .*${billed}`), number)).toContain(receipt);
  });

  await test.step('rated by the link of the mail, by whoever has that and is not signed in, once', async () => {
    const mail = await mailAbout(dispatcher, new RegExp(`^Hotovo: .*${billed}`), number);
    const link = new URL(/https?:\S*\/rating\?\S+/.exec(mail)![0]);
    const reader = await visitor();
    await reader.open(link.pathname + link.search);
    await expectGoodPage(reader.page, 'rating');
    await tick(reader.radio('score', '5'));
    await reader.field('rating_words').fill('Rychle a srozumitelně.');
    await reader.button('Odeslat hodnocení').click();
    await expect(reader.main).toContainText(/ohodnotili jste nás 5\sz\s5/);
    await reader.open(link.pathname + link.search);
    await expect(reader.field('score')).toHaveCount(0);
    await expect(reader.main).toContainText(/ohodnotili jste nás 5\sz\s5/);
  });

  await test.step('usage and statement say the same', async () => {
    await customer.open('/usage/interventions');
    const row = customer.main.getByRole('row').filter({ has: customer.page.locator(`a[href="${receipt}"]`) });
    await expect(row).toContainText(`${billed}\u00a0min`);
    await customer.open('/usage');
    await expect(customer.main.locator(`a[href="${receipt}"]`)).toHaveCount(1);

    await customer.open('/usage/statement');
    const entries = await statementEntries(customer);
    const own = entries.filter((entry) => entry.what.includes(number));
    expect(own.reduce((sum, entry) => sum + entry.change, 0)).toBe(-billed);
    expectRunningBalance(entries);
  });

  await test.step('an objection, with its reason', async () => {
    await customer.open(receipt);
    await customer.main.locator('tr').filter({ hasText: 'Oprava běžela ráno bez hodin.' }).getByRole('link', { name: /^Nesouhlas/ }).click();
    await expect(customer.main.getByRole('radio', { checked: true }), 'the segment is chosen').toHaveCount(1);
    await expectGoodPage(customer.page, 'contest');
    await customer.button('Odeslat námitku').click();
    await customer.expectProblemAt('reason');
    await customer.field('reason').fill('Ráno u nás nikdo nebyl.');
    await customer.button('Odeslat námitku').click();
    await expect(customer.page).toHaveURL(new RegExp(`${receipt}$`));
    await expect(customer.main).toContainText('Námitka čeká na odpověď');
    await expect(customer.main).toContainText('Ráno u nás nikdo nebyl.');
  });

  const rest = 20; // the minimum of a customer with a contract
  await test.step('dispatch accepts it', async () => {
    await dispatcher.open('/desk/contests');
    await dispatcher.main.getByRole('link').filter({ hasText: number }).first().click();
    await expect(dispatcher.main).toContainText('Ráno u nás nikdo nebyl.');
    await expect(dispatcher.main).toContainText(`Uznáním se vrátí ${billed - rest} min`);
    await dispatcher.button('Uznat').click();
    await dispatcher.expectProblemAt('answer');
    await expectGoodPage(dispatcher.page, 'contests-refused');
    await dispatcher.field('answer').fill('Omlouváme se, ranní úsek jsme připsali omylem.');
    await dispatcher.button('Uznat').click();
    await expect(dispatcher.main.getByRole('link').filter({ hasText: number })).toHaveCount(0);
    await dispatcher.open('/desk/contests');
    await expectGoodPage(dispatcher.page, 'contests');
  });

  await test.step('the receipt in its second version, and the minutes are back', async () => {
    await customer.open(receipt);
    await expect(customer.headline).toHaveText(`Účtujeme ${rest}\u00a0min`);
    await expect(customer.main).toContainText('Námitka uznána');
    await expect(customer.main).toContainText('Opraveno ');
    await expect(customer.main).toContainText('Omlouváme se, ranní úsek jsme připsali omylem.');
    await expect(customer.main.getByRole('heading', { name: 'Co stálo na dokladu dřív' })).toBeVisible();
    await expectGoodPage(customer.page, 'receipt-second');
    await expectGoodPrint(customer.page, 'receipt-second');

    await customer.open('/usage/statement');
    const entries = await statementEntries(customer);
    const own = entries.filter((entry) => entry.what.includes(number));
    expect(own.reduce((sum, entry) => sum + entry.change, 0)).toBe(-rest);
    expect(own.some((entry) => entry.what.includes('Vráceno ze zásahu') && entry.change > 0), 'a reversing entry').toBe(true);
    expectRunningBalance(entries);
    expect(await mailAbout(dispatcher, /^Námitku jsme uznali/, number)).toContain('Omlouváme se');
  });
});

test('a technician writes from own texts, closes while the clock runs, and puts right what was closed', async ({ portal: customer, visitor, javaScriptEnabled }) => {
  const [dispatcher, technician] = [await visitor(), await visitor()];
  await dispatcher.signIn(people.dispatcher);
  await customer.signIn(people.school);
  const { number, email } = await orderFromSomebody(customer, dispatcher, CEILING);
  await technician.signIn(email);
  const bench = new Bench(technician, number);
  const title = `Tisk ${number} ${javaScriptEnabled ? 'se' : 'bez'}`;
  const text = 'Nastavili jsme tiskárnu a zkusili tisk.';

  await test.step('a text of one\'s own is kept, deleted and taken back', async () => {
    await technician.open('/work/texts/new');
    await technician.field('block_title').fill(title);
    await technician.button('Uložit text').click();
    await technician.expectProblemAt('block_body');
    await technician.field('block_body').fill(text);
    await technician.button('Uložit text').click();
    await expect(technician.main).toContainText(text);
    await expectGoodPage(technician.page, 'report-blocks');
    const row = technician.main.locator('li').filter({ hasText: title });
    await row.getByRole('button', { name: /^Smazat/ }).click();
    await expect(technician.link(title)).toHaveCount(0);
    await technician.button('Vrátit zpět').click();
    await expect(technician.link(title)).toHaveCount(1);
  });

  await test.step('the clock is started, and the work closed without stopping it before', async () => {
    await bench.open();
    await bench.start.click();
    await bench.kind('communication').click();
    await expect(bench.kind('communication')).toHaveAttribute('aria-current', 'true');
    await technician.page.waitForTimeout(2000);
    await technician.main.locator('summary[aria-labelledby="close"]').click();
    await technician.field('report').fill('Přihlásili jsme se.');
    await technician.button(title).click();
    await expect(technician.field('report')).toHaveValue(javaScriptEnabled ? new RegExp(text) : `Přihlásili jsme se.\n${text}`);
    await technician.radio('finished', 'true').check();
    await technician.button('Zastavit, uzavřít a vyúčtovat').click();
    await expect(technician.headline).toHaveText('Uzavřeno');
  });

  await test.step('what was closed is opened again, split, and closed alike', async () => {
    await technician.link('Znovu otevřít').click();
    await technician.button('Znovu otevřít').click();
    await technician.expectProblemAt('reason');
    await technician.field('reason').fill('Konec hovoru byl čekání.');
    await expectGoodPage(technician.page, 'reopening');
    await technician.button('Znovu otevřít').click();
    await expect(technician.main).toContainText('Konec hovoru byl čekání.');
    await expect(technician.field('report'), 'the report is there').toHaveValue(new RegExp(text));
    await technician.main.getByRole('link', { name: /^Rozdělit/ }).last().click();
    await expectGoodPage(technician.page, 'segment-split');
    await technician.radio('kind_after', 'waiting').check();
    await technician.field('reason').fill('Konec hovoru byl čekání.');
    await technician.button('Rozdělit úsek').click();
    await expect(technician.headline).toHaveText('Hodiny stojí');
    await technician.button('Uzavřít a vyúčtovat').click();
    await expect(technician.headline).toHaveText('Uzavřeno');
    await customer.open(`/requests/${number}/receipt/1`);
    await expect(customer.main).toContainText('Opraveno ');
    await expect(customer.main).toContainText('Konec hovoru byl čekání.');
    expect(await mailAbout(dispatcher, /^Opravené vyúčtování/, number)).toContain('Konec hovoru byl čekání.');
  });
});

/** Each line's balance is the former one and the line's change. */
function expectRunningBalance(entries: { change: number; balance: number }[]): void {
  for (const [index, entry] of entries.entries()) {
    if (index > 0) expect(entry.balance, `line ${index + 1}`).toBe(entries[index - 1]!.balance + entry.change);
  }
}

test('a technician sees the day, its week and what is worth knowing before connecting', async ({ portal }) => {
  await portal.signIn(people.technician);
  await portal.open('/work');
  await expect(portal.main.locator('.day-now')).toContainText('teď');
  await expect(portal.main.locator('.day-week [aria-current="date"]')).toHaveCount(1);
  await expect(portal.main.locator('.day-totals')).toContainText('V\u00a0plánu');
  await portal.main.locator('.day-following a').click();
  await expect(portal.page).toHaveURL(/\/work\?date=2026-11-24$/);
  await expect(portal.main.locator('.day-now'), 'now is today only').toHaveCount(0);
  await expectGoodPage(portal.page, 'work-tomorrow');

  await portal.main.locator('.day-line a[href^="/work/"]').first().click();
  await expect(portal.main.getByRole('heading', { name: 'Co se tu dělalo naposledy' })).toBeVisible();
  await expect(portal.main).toContainText('Odhad a\u00a0strop');
  await expect(portal.main, 'this is said to a technician').not.toContainText(/zaplatíte|vám zbude/);
  for (const link of await portal.main.locator('a[href^="teamviewer10:"]').all()) {
    expect(await link.getAttribute('href')).toMatch(/^teamviewer10:\/\/control\?device=[1-9]\d{8,9}$/);
    await expect(link, 'the number itself is shown').toHaveText(/^[\d\s]+$/);
  }

  await test.step('on a phone the next step is always within reach, and nothing that can be pressed lies under it', async () => {
    await portal.page.setViewportSize({ width: 390, height: 740 });
    await expect(portal.main.locator('.within-reach').first()).toBeInViewport({ ratio: 1 });
    const covered = await portal.page.evaluate(() =>
      [...document.querySelectorAll('main :is(a, button, summary, input:not([type="hidden"]), select, textarea)')]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
          const box = element.getClientRects()[0];
          if (!box || box.width <= 1 || box.height <= 1) return false;
          const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return !(above && (element.contains(above) || above.contains(element)));
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    expect(covered, 'covered').toEqual([]);
  });
});

test('who is not there is called missing only after two attempts and ten minutes', async ({ portal }) => {
  await portal.signIn(people.technician);
  // On a day to come, so that it is not due yet.
  await portal.open('/work?date=2026-11-25');
  await portal.main.locator('.day-line a[href^="/work/"]').last().click();
  await expect(portal.page).toHaveURL(/\/work\/\d{4}-\d+$/);
  const before = await portal.main.locator('.attempts li').count();

  await portal.field('note').fill('Nezvedá, vyzvánělo dvě minuty.');
  await portal.button('Zapsat pokus').click();
  await expect(portal.main.locator('.attempts li')).toHaveCount(before + 1);
  await expect(portal.main).toContainText('Telefon: Nezvedá, vyzvánělo dvě minuty.');
  await expect(portal.main).toContainText('Nezastižení půjde zapsat');
  await expect(portal.button('Zákazník nebyl k zastižení'), 'too early').toHaveCount(0);

  // Whoever sends the form all the same is refused.
  const number = portal.page.url().split('/').at(-1)!;
  const address = portal.page.url();
  const answer = await portal.page.request.post(address, {
    form: { number, key: '6f3c1f0a-52b8-4a7e-9a54-0d1f3b7c9e21', call: '/api/work/no-show' },
    headers: { origin: new URL(address).origin, 'sec-fetch-site': 'same-origin', accept: 'text/html' },
  });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  expect((await answer.text()).includes('Zatím nejde zapsat, že zákazník nebyl k\u00a0zastižení.'), 'and told why').toBe(true);
  await portal.open(`/work/${number}`);
  await expect(portal.main).toContainText('Nezastižení půjde zapsat');
});

test('a manager changes a contract, and its history tells how', async ({ portal }) => {
  await portal.signIn(people.manager);
  await portal.open('/desk/customers');
  await portal.link('Gymnázium Nad Řekou').click();
  await portal.link('Otevřít smlouvu').click();
  await expectGoodPage(portal.page, 'contract-kept');
  await portal.link('Napsat dodatek').click();
  await portal.field('from_day').fill('2026-11-23');
  await portal.button('Vyplnit znění k tomuto dni').click();
  const ceiling = portal.field('ceiling_minutes');
  const [was, is] = (await ceiling.inputValue()) === '45' ? ['45', '50'] : [await ceiling.inputValue(), '45'];

  await ceiling.fill(is!);
  await portal.field('minutes_per_period').fill('sto');
  await portal.field('reason').fill('Dodatek č. 2 z 23. 11.');
  await portal.button(/^Uložit dodatek od 23/).click();
  await portal.expectProblemAt('minutes_per_period');
  await expect(portal.field('minutes_per_period')).toHaveValue('sto');
  await expect(ceiling, 'the rest stays').toHaveValue(is!);
  await expect(portal.field('reason')).toHaveValue('Dodatek č. 2 z 23. 11.');
  await expectGoodPage(portal.page, 'contract-refused');

  await portal.field('minutes_per_period').fill('120');
  await portal.button(/^Uložit dodatek od 23/).click();
  await expect(portal.page).toHaveURL(/\/contract\/\d+$/);
  await portal.link('Zpět k zákazníkovi').click();
  const from = was === '' ? 'bez stropu' : `${was}\u00a0min`;
  await expect(portal.main).toContainText(`Strop: ${from} → ${is}\u00a0min`);
  await expect(portal.main).toContainText('Dodatek č. 2 z 23. 11.');
  await expect(portal.main).toContainText('Ivana Bartošová');
  await expectGoodPage(portal.page, 'customer-history');
});

test('dispatch reads contracts and does not write them', async ({ portal }) => {
  await portal.signIn(people.dispatcher);
  await portal.open('/desk/customers');
  await portal.link('Gymnázium Nad Řekou').click();
  await expect(portal.link('Otevřít smlouvu')).toHaveCount(0);
  const answer = await portal.page.goto(`${portal.page.url()}/contract/new`);
  expect(answer!.status()).toBe(403);
});
