// How people come in: an organisation by itself, and colleagues by their own.

import { Count } from '../support/count';
import { expect, test } from '../support/fixtures';
import { expectGoodPage, expectNoScript } from '../support/look';
import { type Portal, PASSWORD, people, PIXEL, tick, work } from '../support/portal';
import { Bench, bringForward, mailAbout } from '../support/work';

/** An IČO that checks itself and that nobody has: made from a number that no other test uses. */
function ico(): string {
  const digits = String(Math.floor(Math.random() * 1_000_000)).padStart(7, '9');
  const sum = [...digits].reduce((sum, digit, place) => sum + Number(digit) * (8 - place), 0);
  return digits + String((11 - (sum % 11)) % 10);
}

/** Follows the link of the demo's latest mail with this subject. Mails are written by jobs, so it may take a moment. */
async function followMail(portal: Portal, subject: RegExp, link: RegExp): Promise<void> {
  let address: string | undefined;
  await expect(async () => {
    await portal.open('/mails');
    const mail = await portal.main.getByRole('link', { name: subject }).first().getAttribute('href', { timeout: 1000 });
    const text = await (await portal.page.request.get(`${mail}/text`)).text();
    address = link.exec(text)?.[0];
    expect(address).toBeDefined();
  }).toPass({ timeout: 60_000 });
  await portal.open(new URL(address!).pathname + new URL(address!).search);
}

async function choosePassword(portal: Portal, count = new Count()): Promise<void> {
  await count.type(portal.field('password'), `${PASSWORD}-1`);
  await count.type(portal.field('password_again'), `${PASSWORD}-1`);
  await count.click(portal.main.locator('form').last().getByRole('button'));
  await expect(portal.page).toHaveURL(/\/sign-in/);
}

test('an organisation that nobody knows comes in and invites a colleague', async ({ portal, page, visitor }) => {
  const number = ico();
  const [boss, colleague] = [`vedouci@${number}.example`, `kolega@${number}.example`];
  const name = `Jídelna ${number}`;

  await portal.open('/sign-in');
  await portal.link('Zaregistrovat organizaci').click();
  await expectNoScript(page);
  await expectGoodPage(page, 'register');
  await portal.button('Poslat odkaz').click();
  await portal.expectProblemAt('ico');
  await expectGoodPage(page, 'register-wrong');
  await portal.field('ico').fill(number);
  await portal.field('organisation').fill(name);
  await tick(portal.main.locator('#programs input').first());
  await portal.field('name').fill('Jana Malá');
  await portal.field('email').fill(boss);
  await portal.field('phone').fill('601 234 567');
  await portal.button('Poslat odkaz').click();
  await expect(page).toHaveURL(/\/register\/sent$/);
  await expectGoodPage(page, 'register-sent');

  await followMail(portal, new RegExp(`Dokončete registraci: ${name}`), /https?:\S*\/register\/\S+/);
  await expectGoodPage(page, 'register-open');
  await portal.button('Pokračovat').click();
  await choosePassword(portal);
  await portal.signIn(boss, `${PASSWORD}-1`);
  await expect(page).not.toHaveURL(/sign-in/);

  await portal.open('/account/programs');
  await tick(portal.main.getByRole('radio').first());
  await tick(portal.main.getByRole('checkbox', { name: 'Objednávat' }));
  await portal.button('Vytvořit token').click();
  await expect(portal.main.locator('code', { hasText: /^linka_[0-9a-f]{64}$/ })).toBeVisible();
  await expectGoodPage(page, 'tokens');
  await portal.main.getByRole('button', { name: 'Odebrat' }).first().click();
  await expect(portal.main).toContainText('odebrán');
  await portal.open('/account/people');
  await expectGoodPage(page, 'colleagues');
  await portal.link('Pozvat kolegu').click();
  await expectGoodPage(page, 'colleague-invite');
  await portal.field('name').fill('Petr Velký');
  await portal.field('email').fill(colleague);
  await portal.button('Poslat pozvánku').click();
  await expect(page).toHaveURL(/\/account\/people$/);
  await portal.link('Petr Velký').click();
  await expect(portal.main).toContainText('čeká na volbu hesla');
  await expectGoodPage(page, 'colleague');

  await portal.open('/account/webhooks');
  await expectNoScript(page);
  await portal.field('webhook_url').fill('ftp://erp.example.com');
  await portal.button('Přidat').click();
  await portal.expectProblemAt('webhook_url');
  await expectGoodPage(page, 'webhooks-wrong');
  await portal.field('webhook_url').fill('https://erp.example.com/linka');
  await tick(portal.main.locator('#webhook_kinds input').first());
  await portal.button('Přidat').click();
  await expect(page).toHaveURL(/\/account\/webhooks\/.+/);
  await expect(portal.main).toContainText('whsec_');
  await expectGoodPage(page, 'webhook');

  const invited = await visitor();
  await followMail(invited, new RegExp(`${name} vás zve`), /https?:\S*\/password\?\S+/);
  await choosePassword(invited);
  await invited.signIn(colleague, `${PASSWORD}-1`);
  await expect(invited.page).not.toHaveURL(/sign-in/);
  const answer = await invited.page.request.get('/account/people');
  expect(answer.status(), 'who may only order keeps nobody').toBe(403);
  await invited.orderProgram();
  await invited.orderWorkType();
  await invited.orderDetails();
  await invited.field('files').setInputFiles({ name: 'obrazovka.png', mimeType: 'image/png', buffer: PIXEL });
  await invited.orderNormal();
  await invited.pickSlot();
  await invited.confirm();
  await expect(invited.main, 'with what is on the screen').toContainText('obrazovka.png');
  await invited.link('Chci dřívější termín').click();
  await expectGoodPage(invited.page, 'request-earlier');
  await invited.button('Chci dřívější termín').click();
  await expect(invited.headline).toHaveText('Čekáte na dřívější termín');
  await expectGoodPage(invited.page, 'request-earlier-waiting');
  await invited.link('Zpět na požadavek').click();
  await invited.undo();

  await portal.open('/account/people');
  await portal.link('Petr Velký').click();
  await portal.button('Odebrat přístup').click();
  await expect(portal.main).toContainText('Už tu nejsou');
  await invited.open('/requests');
  await invited.expectSignIn();

  const desk = await visitor();
  await desk.signIn(people.dispatcher);
  await desk.open('/desk/newcomers');
  await expect(desk.main).toContainText(name);
  await expectGoodPage(desk.page, 'newcomers');
  await desk.main.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: 'Sloučit' }).click();
  await expectGoodPage(desk.page, 'newcomer-merge');
  await desk.main.getByRole('searchbox').fill('Lipová');
  await desk.main.getByRole('button', { name: 'Hledat' }).click();
  await desk.main.getByRole('link', { name: /^Sloučit s: / }).first().click();
  await expect(desk.main).toContainText('Vzít to zpět nejde');
  await expectGoodPage(desk.page, 'newcomer-merge-meaning');
  await desk.open('/desk/newcomers');
  await desk.main.getByRole('listitem').filter({ hasText: name }).getByRole('button', { name: /Potvrdit/ }).click();
  await expect(desk.main).not.toContainText(name);
});

test('a visitor orders, says on the way who it is for, and is helped, answers and rates', async ({ portal, page, visitor }) => {
  const number = ico();
  const boss = `objednal@${number}.example`;
  const name = `Školka ${number}`;
  const screens: string[] = [];
  const on = async (screen: string): Promise<void> => {
    screens.push(screen);
    await expectGoodPage(page, `visit-${screen}`);
  };

  const count = new Count();
  await portal.open('/');
  await count.click(portal.link('Jsem tu poprvé'));
  await expectNoScript(page);
  await portal.button('Vybrat termín').click();
  await portal.expectProblemAt('subject');
  const folded = page.locator('.choice-more:not([open]) > summary:visible');
  while ((await folded.count()) > 0) await count.click(folded.first());
  await count.click(portal.radioLabelled('subject', work.unplanned).first());
  for (const [field, text] of [
    ['what_happened', 'Nejde vytisknout výdejka, program píše chybu 12.'],
    ['ico', number],
    ['organisation', name],
    ['name', 'Jana Malá'],
    ['email', boss],
    ['phone', '601 234 567'],
  ] as const) {
    await count.type(portal.field(field), text);
  }
  await on('order');
  await count.click(portal.button('Vybrat termín'));
  await expect(page).toHaveURL(/\/register\/order\/.+\/time/);
  await on('time');
  await count.click(page.locator('.slot-first button'));
  await expect(page).toHaveURL(/\/register\/sent$/);
  await on('sent');
  await followMail(portal, new RegExp(`Dokončete registraci: ${name}`), /https?:\S*\/register\/\S+/);
  // The link in the mail.
  count.clicks++;
  await on('open');
  await count.click(portal.button('Pokračovat'));
  screens.push('password');
  await choosePassword(portal, count);
  await count.type(portal.field('email'), boss);
  await count.type(portal.field('password'), `${PASSWORD}-1`);
  await count.click(portal.main.getByRole('button', { name: 'Přihlásit se' }));
  await expect(portal.field('password')).toHaveCount(0);
  screens.push('agreed');
  await portal.open('/requests');
  // What has a number was sent; what is unfinished has none.
  const order = portal.main.locator('a[href^="/requests/20"]').first();
  await expect(order).toBeVisible();
  const request = (await order.getAttribute('href'))!.split('/').at(-1)!;
  const cost = `${count.clicks} clicks, ${count.keys} keys typed`;
  console.log(`order of a visitor: ${screens.length} screens (goal 6), ${cost}: ${screens.join(', ')}`);
  expect(screens.length).toBeLessThanOrEqual(6);

  const [dispatcher, technician, reader] = [await visitor(), await visitor(), await visitor()];
  await test.step('the desk brings it forward, and a technician works and closes', async () => {
    await dispatcher.signIn(people.dispatcher);
    await technician.signIn(await bringForward(dispatcher, request));
    const bench = new Bench(technician, request);
    await bench.open();
    await expect(technician.main).toContainText(name);
    await bench.start.click();
    await bench.kind('communication').click();
    await expect(bench.kind('communication')).toHaveAttribute('aria-current', 'true');
    await expect(async () => {
      await bench.open();
      expect(await bench.seconds()).toBeGreaterThan(0);
    }).toPass();
    await technician.main.locator('summary[aria-labelledby="close"]').click();
    await technician.field('report').fill('Nastavili jsme tiskárnu a výdejka se vytiskla.');
    await technician.radio('finished', 'true').check();
    await technician.button('Zastavit, uzavřít a vyúčtovat').click();
    await expect(technician.headline).toHaveText('Uzavřeno');
  });

  await test.step('the newcomer reads what was done and writes about it, and the desk finds that', async () => {
    await portal.open(`/requests/${request}`);
    await expect(portal.main).toContainText('Nastavili jsme tiskárnu a výdejka se vytiskla.');
    await portal.field('message').fill('Děkujeme, tiskne i příjemka.');
    await portal.button('Odeslat zprávu').click();
    await expect(portal.main.getByText('Děkujeme, tiskne i příjemka.')).toBeVisible();
    await dispatcher.open(`/desk/requests/${request}`);
    await expect(dispatcher.main.getByText('Děkujeme, tiskne i příjemka.')).toBeVisible();
    await dispatcher.field('message').fill('Rádi jsme pomohli.');
    await dispatcher.button('Odeslat zprávu').click();
    await portal.open(`/requests/${request}`);
    await expect(portal.main.getByText('Rádi jsme pomohli.')).toBeVisible();
  });

  await test.step('and rates by the link of the mail, without signing in', async () => {
    const mail = await mailAbout(dispatcher, /^Hotovo: /, request);
    const link = new URL(/https?:\S*\/rating\?\S+/.exec(mail)![0]);
    await reader.open(link.pathname + link.search);
    await tick(reader.radio('score', '5'));
    await reader.button('Odeslat hodnocení').click();
    await expect(reader.main).toContainText(/ohodnotili jste nás 5\sz\s5/);
  });
});
