// Several people want the same time.

import { expect, test } from '../support/fixtures';
import { details, people, words, work } from '../support/portal';

/** More than the demo has technicians. */
const CONTENDERS = 8;

test('who comes too late for a time is told so and loses nothing', async ({ visitor }) => {
  const accounts = [people.school, people.kitchen];
  const contenders = [];
  for (let index = 0; index < CONTENDERS; index++) {
    const portal = await visitor();
    await portal.signIn(accounts[index % accounts.length]!);
    // What they look at grows old: nothing brings it up to date.
    await portal.page.route('**/api/drafts/times*', () => undefined);
    await portal.orderUpToTime(work.rare);
    contenders.push(portal);
  }

  // All of them look at the same offer; one after the other takes it, until nobody is left to come.
  const start = (await contenders[0]!.slots.last().getAttribute('value'))!;
  let winners = 0;
  for (const portal of contenders) {
    await portal.slotAt(start).click();
    await expect(portal.page.getByText(words.taken).or(portal.button(words.confirm)).first()).toBeVisible();
    if (await portal.page.getByText(words.taken).isVisible()) {
      expect(winners, 'somebody has it').toBeGreaterThan(0);
      await expect(portal.slots.first(), 'other times are offered').toBeVisible();
      await expect(portal.slotAt(start)).toHaveCount(0);
      await expect(portal.main).toContainText(/neztratilo/);

      await portal.pickSlot();
      await expect(portal.main).toContainText(details.contact_name);
      await portal.confirm();
      return;
    }
    await portal.confirm();
    winners += 1;
  }
  throw new Error(`${winners} appointments at ${start}, and there is still room?`);
});

test('who holds a time still sees it after going back', async ({ portal }) => {
  await portal.signIn(people.school);
  await portal.orderUpToTime();
  const start = await portal.pickSlot();
  await portal.page.goBack();
  await expect(portal.slotAt(start)).toHaveCount(1);
  await portal.page.reload();
  await expect(portal.slotAt(start)).toHaveCount(1);
});
