// The desk: a request whose time dispatch names, from the portal to an agreed time and another one by telephone.

import { expect, test } from '../support/fixtures';
import { expectGoodPage, expectNoScript } from '../support/look';
import { people, tick } from '../support/portal';

test('ordered, offered, picked, and moved by telephone', async ({ portal: customer, visitor, javaScriptEnabled }) => {
  const dispatcher = await visitor();
  await dispatcher.signIn(people.dispatcher);
  await customer.signIn(people.school);

  const number = await test.step('the customer orders', () => customer.orderDispatched());

  await test.step('it waits in the queue, and the dispatcher takes it', async () => {
    await dispatcher.open('/desk/queue?part=time_to_choose');
    await dispatcher.main.locator(`a[href="/desk/requests/${number}"]`).click();
    await expect(dispatcher.headline).toHaveText('Nabídnout termíny');
    await dispatcher.button('Vzít si').click();
    await expect(dispatcher.main).toContainText('Máte to vy.');
    await dispatcher.field('internal_note').fill('Chtějí dopoledne.');
    await dispatcher.button('Zapsat').click();
    await expect(dispatcher.main).toContainText('Chtějí dopoledne.');
    await expectGoodPage(dispatcher.page, 'desk-request');
  });

  await test.step('she offers two times', async () => {
    await dispatcher.link('Najít termín').click();
    await dispatcher.button('Nabídnout zákazníkovi').click();
    await expect(dispatcher.page.locator('#starts-error')).toBeVisible();
    const times = dispatcher.page.locator('.tick-list input');
    await tick(times.nth(1));
    await tick(times.nth(3));
    await expectGoodPage(dispatcher.page, 'desk-time');
    await dispatcher.button('Nabídnout zákazníkovi').click();
    await expect(dispatcher.page.locator('#means'), 'what the customer will read is shown first').toBeVisible();
    await dispatcher.button('Nabídnout zákazníkovi').click();
    await expect(dispatcher.headline).toHaveText('Zákazník vybírá termín');
  });

  await test.step('the customer picks one', async () => {
    await customer.open(`/requests/${number}`);
    await expect(customer.headline).toHaveText('Nabízíme vám tyto termíny');
    const offered = customer.page.locator('.offered-times a');
    await expect(offered).toHaveCount(2);
    await expectGoodPage(customer.page, 'request-offered');
    await offered.first().click();
    await customer.button('Potvrdit termín').click();
    await customer.requestNumber();
    expect(await customer.calendar()).toContain('STATUS:CONFIRMED');
  });

  const moved = await test.step('and calls later: the dispatcher moves it', async () => {
    await dispatcher.open(`/desk/new?search=${number}`);
    await dispatcher.link(`Požadavek ${number}`).click();
    await dispatcher.link('Přesunout termín').click();
    const times = dispatcher.page.locator('.tick-list li');
    const another = times.nth(2);
    await tick(another.locator('input'));
    const word = await another.innerText();
    await dispatcher.button('Přesunout na tento čas').click();
    await expect(dispatcher.page.locator('#means')).toContainText('SEQUENCE 1 → 2');
    await expect(dispatcher.page.locator('.mail-to-come').first()).toContainText('Zákazník');
    await expectGoodPage(dispatcher.page, 'desk-consequences');
    await dispatcher.button('Přesunout').click();
    await dispatcher.expectProblemAt('reason');
    await dispatcher.field('reason').fill('Domluveno po telefonu.');
    const start = new URL(dispatcher.page.url()).searchParams.get('start');
    await dispatcher.button('Přesunout').click();
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk/requests/${number}$`));
    return { word: word.trim(), start: Number(start?.replace('at', '')) };
  });

  await test.step('the customer sees it, and why', async () => {
    await customer.open(`/requests/${number}`);
    await expect(customer.main).toContainText('Domluveno po telefonu.');
    await expect(customer.main).toContainText(moved.word);
    expect(await customer.calendar()).toMatch(/SEQUENCE:2/);
  });

  await test.step('it can be taken up on the board, and nothing is written before it is confirmed', async () => {
    const day = new Date(moved.start * 1000).toLocaleDateString('sv-SE', { timeZone: 'Europe/Prague' });
    await dispatcher.open(`/desk?date=${day}`);
    const card = dispatcher.page.locator(`[data-request="${number}"]`);
    await expect(card).toBeVisible();
    if (!javaScriptEnabled || (await dispatcher.page.locator('#board-table').boundingBox())!.width < 600) return;
    const ghost = dispatcher.page.locator('#board-ghost');
    await expect(dispatcher.page.locator('#board-hint')).toBeVisible();

    // By the keyboard.
    await card.focus();
    await card.press('ArrowRight');
    await card.press('ArrowDown');
    await expect(ghost).toBeVisible();
    await expect(dispatcher.page.locator('#board-said')).not.toBeEmpty();
    await card.press('Escape');
    await expect(ghost).toBeHidden();
    await card.press('ArrowRight');
    await card.press('Enter');
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk/requests/${number}/time\\?start=at${moved.start + 900}&`));
    await dispatcher.page.goBack();

    // By the pointer; let go where it was, it stays.
    const from = (await card.boundingBox())!;
    const grip = { x: from.x + 4, y: from.y + from.height / 2 };
    await dispatcher.page.mouse.move(grip.x, grip.y);
    await dispatcher.page.mouse.down();
    await dispatcher.page.mouse.move(grip.x + 40, grip.y, { steps: 4 });
    await expect(ghost).toBeVisible();
    await dispatcher.page.mouse.move(grip.x, grip.y, { steps: 4 });
    await dispatcher.page.mouse.up();
    await expect(ghost).toBeHidden();
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk\\?date=${day}$`));
    await dispatcher.page.mouse.down();
    await dispatcher.page.mouse.move(grip.x + 60, grip.y, { steps: 4 });
    await dispatcher.page.mouse.up();
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk/requests/${number}/time\\?start=at\\d+&technician=\\d+$`));
    await expect(dispatcher.headline).toHaveText('Přesunout termín');
    await customer.open(`/requests/${number}`);
    expect(await customer.calendar()).toMatch(/SEQUENCE:2/);

    // What waits in the queue is put onto the board in the same way; let go beside it, it stays where it is.
    await customer.orderDispatched();
    await dispatcher.open(`/desk?date=${day}`);
    const waits = dispatcher.page.locator('.board-queue a[data-request]').first();
    const waiting = await waits.getAttribute('data-request');
    await waits.focus();
    await waits.press('ArrowDown');
    await expect(ghost).toBeVisible();
    await waits.press('Escape');
    await expect(ghost).toBeHidden();
    await waits.press('ArrowRight');
    await waits.press('Enter');
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk/requests/${waiting}/time\\?start=at\\d+&technician=\\d+$`));
    await dispatcher.page.goBack();
    const row = (await waits.boundingBox())!;
    const table = (await dispatcher.page.locator('#board-table tbody tr').first().boundingBox())!;
    await dispatcher.page.mouse.move(row.x + 10, row.y + 10);
    await dispatcher.page.mouse.down();
    await dispatcher.page.mouse.move(table.x + table.width - 60, table.y + table.height / 2, { steps: 4 });
    await expect(ghost).toBeVisible();
    await dispatcher.page.mouse.move(row.x + 20, row.y + 20, { steps: 4 });
    await expect(ghost).toBeHidden();
    await dispatcher.page.mouse.up();
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk\\?date=${day}$`));
    await dispatcher.page.mouse.down();
    await dispatcher.page.mouse.move(table.x + table.width - 60, table.y + table.height / 2, { steps: 4 });
    await dispatcher.page.mouse.up();
    await expect(dispatcher.page).toHaveURL(new RegExp(`/desk/requests/${waiting}/time\\?start=at\\d+&technician=\\d+$`));
  });
});

test('somebody calls or writes, and what they say becomes a request', async ({ portal: dispatcher, server }) => {
  await dispatcher.signIn(people.dispatcher);
  await dispatcher.open('/desk/new?search=Lipov');
  await expect(dispatcher.headline).toContainText('Lipov');
  await dispatcher.button('Zapsat požadavek').click();
  await dispatcher.expectProblemAt('what_happened');
  await dispatcher.field('what_happened').fill('Nejde tisk stravenek, hlásí chybu tiskárny.');
  await dispatcher.field('contact_name').fill('Jana Nováková');
  await dispatcher.field('contact_phone').fill('601 234 567');
  await expect(dispatcher.main, 'what each time means stands on the page').toContainText('Co se stane');
  await tick(dispatcher.page.locator('input[name="start"]').nth(1));
  await dispatcher.button('Zapsat požadavek').click();
  await dispatcher.requestNumber();
  await expect(dispatcher.main).toContainText('telefon');
  await expect(dispatcher.main).toContainText('Nejde tisk stravenek');

  await test.step('a mail of somebody whom nobody knows waits, and is assigned', async () => {
    if (process.env.LINKA_E2E_URL) return; // nobody hands mails over to somebody else's server
    const subject = `Nejde terminal ${Date.now()}`;
    server.mailIn(
      [
        'From: =?utf-8?Q?R=C5=AF=C5=BEena?= <ruzena@jinde.example>',
        'To: linka@linka.example',
        `Subject: ${subject}`,
        `Message-ID: <${Date.now()}@jinde.example>`,
        'Content-Type: text/plain; charset=windows-1250',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'V=FDdejn=ED termin=E1l neb=EC=9E=ED.',
        '',
      ].join('\r\n'),
    );
    await expect(async () => {
      await dispatcher.open('/desk/mail-in');
      await expect(dispatcher.link(subject)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expectGoodPage(dispatcher.page, 'mail-in');
    await dispatcher.link(subject).click();
    await expect(dispatcher.headline).toHaveText(subject);
    await expect(dispatcher.main).toContainText('Výdejní terminál neběží.');
    await dispatcher.page.locator('#mail-search').fill('Lipov');
    await dispatcher.page.locator('#mail-search').press('Enter');
    await dispatcher.page.locator('.found-list a').first().click();
    await expectGoodPage(dispatcher.page, 'mail-in-one');
    await dispatcher.button('Odložit').click();
    await dispatcher.expectProblemAt('dismissal');
    await dispatcher.button('Přiřadit').click();
    await dispatcher.expectProblemAt('member');
    await dispatcher.field('member').selectOption({ index: 1 });
    await dispatcher.field('program').selectOption({ index: 1 });
    await dispatcher.field('phone').fill('601 234 567');
    await dispatcher.button('Přiřadit').click();
    await dispatcher.requestNumber();
    await expect(dispatcher.main).toContainText('Výdejní terminál neběží.');
    await expect(dispatcher.page.locator('#case-mails-came'), 'the mail stands at its request').toBeVisible();
    await dispatcher.field('message').fill('Podíváme se na to zítra ráno.');
    await dispatcher.button('Odeslat zprávu').click();
    await expect(dispatcher.main.getByText('Podíváme se na to zítra ráno.')).toBeVisible();
  });
});

test('a technician is ill: two presses, and the proposals stand there', async ({ portal: dispatcher }) => {
  await dispatcher.signIn(people.dispatcher);
  await dispatcher.open('/desk');
  await dispatcher.page.locator('.board-ill').first().click();
  await expect(dispatcher.headline).toContainText('nepřijde');
  await expectNoScript(dispatcher.page);
  await expectGoodPage(dispatcher.page, 'absent-one');
  await dispatcher.main.getByRole('button', { name: /^Zbytek dne/ }).click();
  // What is displaced, or everybody who may be absent if that is nothing.
  await expect(dispatcher.page).toHaveURL(/\/desk\/(displaced|absent)$/);
});

test('a mass outage: one line, one message, one end', async ({ portal: customer, visitor }) => {
  const dispatcher = await visitor();
  await dispatcher.signIn(people.dispatcher);
  await customer.signIn(people.school);
  const number = await customer.orderDispatched();
  const name = `Převod dat se zastaví, ${number}`;

  await test.step('what is ticked in the queue becomes one thing', async () => {
    await dispatcher.open('/desk/queue');
    await tick(dispatcher.page.locator(`input[name="r${number}"]`));
    await dispatcher.button('Označené jsou jeden výpadek').click();
    await expectGoodPage(dispatcher.page, 'outage-new');
    await dispatcher.field('outage_name_cs').fill(name);
    await dispatcher.field('outage_name_en').fill('The transfer of data stops');
    await dispatcher.field('outage_text_cs').fill('Pracujeme na opravě.');
    await dispatcher.button('Oznámit výpadek').click();
    await dispatcher.expectProblemAt('outage_text_en');
    await dispatcher.field('outage_text_en').fill('We are working on it.');
    await dispatcher.button('Oznámit výpadek').click();
    await expect(dispatcher.headline).toHaveText(name);
    await expectGoodPage(dispatcher.page, 'outage');
    await dispatcher.open('/desk/queue?part=outage');
    await expect(dispatcher.main).toContainText(name);
  });

  await test.step('its customer and visitors read that we know', async () => {
    await customer.open(`/requests/${number}`);
    await expect(customer.headline).toHaveText('Víme o tom, pracujeme na opravě');
    await expectGoodPage(customer.page, 'request-outage');
    const anybody = await visitor();
    await anybody.open('/');
    await expect(anybody.main).toContainText(name);
  });

  await test.step('its end answers and closes', async () => {
    await dispatcher.link(name).first().click();
    await dispatcher.link('Ukázat, co se stane').click();
    await expect(dispatcher.main, 'whom it concerns is said before').toContainText(number);
    await expect(dispatcher.main).toContainText('Uzavře se 1 požadavek bez termínu');
    await expectGoodPage(dispatcher.page, 'outage-end');
    await dispatcher.field('answer_cs').fill('Už to jde.');
    await dispatcher.field('answer_en').fill('It works again.');
    await dispatcher.button('Odpovědět všem a uzavřít').click();
    await expect(dispatcher.main).toContainText('Vyřešeno');
    await customer.open(`/requests/${number}`);
    await expect(customer.main).toContainText('Už to jde.');
  });
});
