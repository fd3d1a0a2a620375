// The main job: from the public page to an agreed time, and another mind.

import { expect, test } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { details, people, words, work } from '../support/portal';

test('from the public page to an agreed time, moved and cancelled', async ({ portal, page, javaScriptEnabled }) => {
  await portal.open('/');
  await portal.main.getByRole('link', { name: words.order }).first().click();
  await portal.expectSignIn();
  await portal.fillSignIn(people.school);
  await expect(page, 'signing in leads on to what one wanted').toHaveURL(/\/order$/);

  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails();
  await portal.orderNormal();
  await expect(portal.slots.first()).toBeVisible();
  const start = new Date(await portal.pickSlot());
  if (javaScriptEnabled) await expect(portal.countdown).toHaveText(/(9:[0-5]\d|10:00)/);

  const number = await portal.confirm();
  expect(number).toMatch(/^2026-\d{6}$/);
  const hour = new Intl.DateTimeFormat('cs', { timeZone: 'Europe/Prague', hour: 'numeric', minute: '2-digit' }).format(start);
  await expect(portal.headline, 'the agreed time is the headline').toContainText(hour);
  const agreed = await portal.headline.innerText();

  await portal.open('/requests');
  await expect(portal.main).toContainText(number);
  await portal.openRequest(number);

  await portal.move(1);
  await expect(portal.headline).not.toHaveText(agreed);

  await portal.cancel();
  await expect(portal.main).toContainText(words.cancelled);
  await expect(portal.control(words.move)).toHaveCount(0);
});

test('something that stopped is urgent', async ({ portal }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails();
  await portal.orderUrgent('Nejde vydávat obědy.', 'dnes od 7:30');
  const today = new Date(await portal.pickSlot());
  expect(today.toISOString(), 'the same day').toMatch(/^2026-11-23/);
  await expect(portal.main).toContainText(/urgentní/i);
  await portal.confirm();
  await expect(portal.main).toContainText('Nejde vydávat obědy.');
});

test('what can be planned cannot be urgent, and the page says why', async ({ portal }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType(work.plannable);
  await portal.orderDetails();
  await expect(portal.main).toContainText(words.cannotBeUrgent);
  await expect(portal.radio('urgency', words.urgent)).toHaveCount(0);
  await portal.orderNormal();
  await expect(portal.slots.first()).toBeVisible();
});

test('the way back keeps what was typed', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderUpToTime();
  await portal.pickSlot();
  const order = page.url().replace(/\/confirm$/, '');

  await portal.open(`${order}/details`);
  // The phone comes back as it will be dialled.
  const kept = { ...details, contact_phone: `+420 ${details.contact_phone}`.replaceAll(' ', '\u00a0') };
  for (const [name, value] of Object.entries(kept)) await expect(portal.field(name)).toHaveValue(value);
  await expect(portal.field('ready')).toBeChecked();
  await portal.open(`${order}/urgency`);
  await expect(portal.radio('urgency', words.normal)).toBeChecked();
  await portal.open(`${order}/work-type`);
  await expect(portal.radioLabelled('work_type', work.unplanned).first()).toBeChecked();

  // With the browser's own button, too
  await portal.open(`${order}/details`);
  await portal.field('contact_name').fill('Petr Svoboda');
  await portal.next('urgency');
  await page.goBack();
  await expect(portal.field('contact_name')).toHaveValue('Petr Svoboda');
});

test('a form that is not right says so, leads to the fields and keeps the rest', async ({ portal, page }) => {
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.field('what_happened').fill(details.what_happened);
  await portal.field('contact_name').fill('');
  await portal.field('contact_phone').fill('devět');
  await portal.button(words.next).click();

  await expect(portal.errorSummary).toBeVisible();
  const links = portal.errorSummary.getByRole('link');
  await expect(links).toHaveCount(3);
  for (const link of await links.all()) {
    const target = page.locator((await link.getAttribute('href'))!);
    await expect(target).toHaveCount(1);
    await expect(target).toHaveAttribute('aria-invalid', 'true');
    await expect(target, 'the message belongs to the field').toHaveAttribute('aria-describedby', /-error/);
  }
  await links.first().click();
  await expect(page.locator(':focus')).toHaveAttribute('name', 'contact_name');
  await expect(portal.field('what_happened')).toHaveValue(details.what_happened);
  await expect(portal.field('contact_phone')).toHaveValue('devět');
  await expectGoodPage(page, 'order-details-refused');

  await portal.orderDetails();
});

test('what looks like markup stays text', async ({ portal, page }) => {
  const attack = '</textarea><script>document.title = "stolen"</script><img src=x onerror="document.title=1"> & "quotes"';
  await portal.signIn(people.school);
  await portal.orderProgram();
  await portal.orderWorkType();
  await portal.orderDetails({ what_happened: attack, contact_name: '<b>Jana</b>' });
  await page.goBack();
  await expect(portal.field('what_happened')).toHaveValue(attack);
  await expect(page.locator('b')).toHaveCount(0);

  await portal.next('urgency');
  await portal.orderNormal();
  await portal.pickSlot();
  await portal.confirm();
  await expect(portal.main).toContainText(attack);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(page).not.toHaveTitle('stolen');
});
