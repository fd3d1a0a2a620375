// A dispatcher's morning: everything that comes between seven and noon, from one screen and what it leads to. What of it is done
// without script has its own journeys (desk, keyboard, work).

import { expect, test } from '../support/fixtures';
import { people, tick } from '../support/portal';
import { Bench, orderFromSomebody } from '../support/work';

const CEILING = 30;
/** How many seconds are left to the ceiling when the clock is started for the last stretch. */
const LAST_SECONDS = 3;
/** Who is ill: has appointments today in the demo. */
const ILL = 'Simona Vlčková';

test('a morning at the desk', async ({ portal: dispatcher, visitor, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'the desk is looked at with script');
  const customer = await visitor();
  await customer.signIn(people.school);
  await dispatcher.signIn(people.dispatcher);

  const ordered = await test.step('an order comes by the portal while she looks at the desk', async () => {
    await expect(dispatcher.page, 'her day begins there').toHaveURL(/\/desk$/);
    const number = await customer.orderDispatched();
    await dispatcher.page.bringToFront();
    await expect(dispatcher.page.locator(`.board-queue a[href*="request=${number}"]`)).toBeVisible();
    return number;
  });

  await test.step('somebody calls, and the exchange knows who', async () => {
    await dispatcher.open('/desk?phone=%2B420601234501');
    await expect(dispatcher.field('contact_name')).toHaveValue('Jana Nováková');
    await dispatcher.field('what_happened').fill('Stravné dnes ráno nejde spustit.');
    await tick(dispatcher.page.locator('input[name="start"]').nth(1));
    await dispatcher.button('Zapsat požadavek').click();
    await dispatcher.requestNumber();
    await expect(dispatcher.main).toContainText('Domluveno');
  });

  const spoken = await test.step('a voice message is typed in, for later', async () => {
    await dispatcher.open('/desk/new?search=Lipov');
    await dispatcher.field('what_happened').fill('Vzkaz ze záznamníku: Stravné nejde spustit ani ve druhé kuchyni.');
    await dispatcher.field('contact_name').fill('Petr Dvořák');
    await dispatcher.field('contact_phone').fill('601 234 567');
    await dispatcher.button('Zapsat požadavek').click();
    return dispatcher.requestNumber();
  });

  await test.step('what was not kept gets another time, agreed by telephone', async () => {
    await dispatcher.open('/desk/queue?part=missed_by_us');
    const missed = dispatcher.main.locator('a[href^="/desk/requests/"]').first();
    const address = (await missed.getAttribute('href'))!;
    await missed.click();
    await dispatcher.link('Najít termín').click();
    await tick(dispatcher.page.locator('.tick-list li').first().locator('input'));
    await dispatcher.button('Domluvit tento čas').click();
    await expect(dispatcher.page.locator('#means'), 'what it means is said before').toBeVisible();
    const reason = dispatcher.field('reason');
    if (await reason.isVisible()) await reason.fill('Domluveno po telefonu.');
    await dispatcher.button('Domluvit hned').click();
    await expect(dispatcher.page).toHaveURL(new RegExp(`${address}$`));
    await expect(dispatcher.main).toContainText('Domluveno');
  });

  await test.step('a technician is ill: everybody keeps the time', async () => {
    await dispatcher.open('/desk');
    await dispatcher.page.locator('tr').filter({ hasText: ILL }).locator('.board-ill').click();
    await dispatcher.main.getByRole('button', { name: /^Zbytek dne/ }).click();
    await expect(dispatcher.page).toHaveURL(/\/desk\/displaced$/);
    await expect(dispatcher.main).toContainText(ILL);
    await dispatcher.button('Provést, co je vybráno').click();
    await expect(dispatcher.main).toContainText('Všechny domluvené termíny mají svého technika.');
  });

  await test.step('two requests are one outage, told once', async () => {
    await dispatcher.open('/desk/queue');
    for (const number of [ordered, spoken]) await tick(dispatcher.page.locator(`input[name="r${number}"]`));
    await dispatcher.button('Označené jsou jeden výpadek').click();
    const name = `Stravné nejde spustit, ${spoken}`;
    await dispatcher.field('outage_name_cs').fill(name);
    await dispatcher.field('outage_name_en').fill('The program does not start');
    await dispatcher.field('outage_text_cs').fill('Pracujeme na opravě.');
    await dispatcher.field('outage_text_en').fill('We are working on it.');
    await dispatcher.button('Oznámit výpadek').click();
    await expect(dispatcher.headline).toHaveText(name);
    await customer.open(`/requests/${ordered}`);
    await expect(customer.headline).toHaveText('Víme o tom, pracujeme na opravě');
    await dispatcher.link('Ukázat, co se stane').click();
    await dispatcher.field('answer_cs').fill('Už to jde.');
    await dispatcher.field('answer_en').fill('It works again.');
    await dispatcher.button('Odpovědět všem a uzavřít').click();
    await expect(dispatcher.main).toContainText('Vyřešeno');
    // The page that stands open says so by itself.
    await customer.page.bringToFront();
    await expect(customer.main).toContainText('Už to jde.');
  });

  await test.step('consent is given by telephone', async () => {
    const { number, email } = await orderFromSomebody(customer, dispatcher, CEILING);
    const technician = await visitor();
    await technician.signIn(email);
    const bench = new Bench(technician, number);
    await bench.open();
    await bench.start.click();
    await bench.stop.click();
    await expect(technician.headline).toHaveText('Hodiny stojí');
    await bench.addSegment(CEILING * 60 - LAST_SECONDS - (await bench.seconds()), 'Oprava běžela ráno bez hodin.');
    await bench.kind('work').click();
    await expect(technician.main.getByText('Strop je vyčerpaný, účtovaný čas se zastavil.')).toBeVisible();
    // Who would go on is asked at once.
    await bench.kind('communication').click();
    await bench.open();
    await expect(technician.headline).toHaveText('Čeká se na souhlas zákazníka');

    await dispatcher.open(`/desk/requests/${number}`);
    await dispatcher.link('Práce technika').click();
    await dispatcher.page.locator('summary[aria-labelledby="heard"]').click();
    await tick(dispatcher.radio('agreed', 'true'));
    await dispatcher.field('said_by').fill('Jana Nováková');
    await dispatcher.field('words').fill('Ano, pokračujte.');
    await dispatcher.button('Zapsat odpověď').click();
    await technician.page.bringToFront();
    await expect(technician.main, 'the bench that stands open says so').toContainText('Souhlas: pokračovat', { timeout: 25_000 });
    // The clock itself is not taken from under anybody's hand: the page says that there is more to see.
    await technician.page.locator('#live-waits a').click();
    await bench.kind('work').click();
    await expect(technician.headline).toHaveText('Hodiny běží');
    await bench.stop.click();
    await expect(technician.headline).toHaveText('Hodiny stojí');
  });
});
