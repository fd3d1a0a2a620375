// The calendar file, and the address that a calendar reads by itself: the same event for life, newer with each change.

import { dayAndMonth, parseCalendar, wallClock, type CalendarEvent } from '../support/calendar';
import { expect, test } from '../support/fixtures';
import { expectGoodPage } from '../support/look';
import { people, type Portal } from '../support/portal';

/** What a calendar reads at an address, of one request. */
async function subscribed(portal: Portal, address: string, uid: string): Promise<CalendarEvent & { alarms: number }> {
  const answer = await portal.page.request.get(address);
  expect(answer.headers()['content-type']).toMatch(/^text\/calendar/);
  const [head, ...events] = (await answer.text()).split('BEGIN:VEVENT\r\n');
  const found = events.map((event) => event.split('END:VEVENT')[0]!).filter((event) => event.includes(`UID:${uid}\r\n`));
  expect(found, 'one event of the request').toHaveLength(1);
  const alone = `${head}BEGIN:VEVENT\r\n${found[0]}END:VEVENT\r\nEND:VCALENDAR\r\n`;
  return { ...parseCalendar(alone), alarms: found[0]!.split('BEGIN:VALARM').length - 1 };
}

/** Gives the calendar an address; as much of it as stands behind the site's own. */
async function newAddress(portal: Portal): Promise<string> {
  await portal.open('/account/calendar');
  await portal.main.getByRole('button', { name: 'Vytvořit' }).click();
  const address = new URL(await portal.main.locator('code').innerText());
  await expectGoodPage(portal.page, 'calendar');
  return address.pathname + address.search;
}

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

  const request = portal.page.url();
  const address = await newAddress(portal);
  const first = await subscribed(portal, address, agreed.uid);
  expect(first.start).toEqual(agreed.start);
  expect(first.sequence).toBe(agreed.sequence);
  expect([first.status, first.alarms]).toEqual(['CONFIRMED', 1]);
  await portal.page.goto(request);

  const again = parseCalendar(await portal.calendar());
  expect(again.sequence, 'asking twice changes nothing').toBe(agreed.sequence);

  await portal.move(2);
  const moved = parseCalendar(await portal.calendar());
  expect(moved.uid, 'still the same event').toBe(agreed.uid);
  expect(moved.sequence).toBeGreaterThan(agreed.sequence);
  expect(moved.start).not.toEqual(agreed.start);
  await expect(portal.headline).toContainText(wallClock(moved.start));
  const later = await subscribed(portal, address, agreed.uid);
  expect(later.start).toEqual(moved.start);
  expect(later.sequence).toBe(moved.sequence);

  await portal.cancel();
  const gone = await subscribed(portal, address, agreed.uid);
  expect([gone.status, gone.alarms]).toEqual(['CANCELLED', 0]);
  const answer = await portal.page.request.get(`/requests/${number}/calendar.ics`);
  if (answer.ok()) {
    const cancelled = parseCalendar(await answer.text());
    expect(cancelled.uid).toBe(agreed.uid);
    expect(cancelled.status).toBe('CANCELLED');
    expect(cancelled.sequence).toBeGreaterThan(moved.sequence);
  }
});
