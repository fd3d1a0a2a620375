// The calendar file: the same event for life, newer with each change.

import { dayAndMonth, parseCalendar, wallClock } from '../support/calendar';
import { expect, test } from '../support/fixtures';
import { people } from '../support/portal';

test('the calendar file follows the appointment', async ({ portal }) => {
  await portal.signIn(people.school);
  const number = await portal.order();

  const agreed = parseCalendar(await portal.calendar());
  const { day, month } = dayAndMonth(agreed.start);
  const months = ['ledna', 'února', 'března', 'dubna', 'května', 'června', 'července', 'srpna', 'září', 'října', 'listopadu', 'prosince'];
  // A near time is said as people do in the headline, "zítra v 8:15"; with its day and its end it stands below.
  await expect(portal.main).toContainText(new RegExp(`${day}\\.\\s${months[month - 1]}`));
  await expect(portal.headline).toContainText(wallClock(agreed.start));
  await expect(portal.main).toContainText(wallClock(agreed.end));
  expect(agreed.end.getTime()).toBeGreaterThan(agreed.start.getTime());
  expect(agreed.status ?? 'CONFIRMED').toBe('CONFIRMED');

  const again = parseCalendar(await portal.calendar());
  expect(again.sequence, 'asking twice changes nothing').toBe(agreed.sequence);

  await portal.move(2);
  const moved = parseCalendar(await portal.calendar());
  expect(moved.uid, 'still the same event').toBe(agreed.uid);
  expect(moved.sequence).toBeGreaterThan(agreed.sequence);
  expect(moved.start).not.toEqual(agreed.start);
  await expect(portal.headline).toContainText(wallClock(moved.start));

  await portal.cancel();
  const answer = await portal.page.request.get(`/requests/${number}/calendar.ics`);
  if (answer.ok()) {
    const cancelled = parseCalendar(await answer.text());
    expect(cancelled.uid).toBe(agreed.uid);
    expect(cancelled.status).toBe('CANCELLED');
    expect(cancelled.sequence).toBeGreaterThan(moved.sequence);
  }
});
