// The main job once in a browser of another maker: what wakes in one, and what its console says, is not told by the others.

import { expect, test } from '../support/fixtures';
import { people, words } from '../support/portal';

test('from the public page to an agreed time in Firefox', async ({ portal, page }) => {
  await portal.open('/');
  await portal.main.getByRole('link', { name: words.order }).first().click();
  await portal.fillSignIn(people.school);
  await expect(page).toHaveURL(/\/order(\?|$)/);
  await portal.orderWorkType();
  await portal.orderDetails();
  await portal.orderNormal();
  await expect(portal.slots.first()).toBeVisible();
  await portal.pickSlot();
  // Islands are awake: one counts, one listens for what is pasted.
  await expect(portal.countdown).toHaveText(/(9:[0-5]\d|10:00)/);
  await expect(page.locator('#pasting')).toBeVisible();
  const number = await portal.confirm();
  expect(number).toMatch(/^2026-\d{6}$/);
  await portal.undo();
});
