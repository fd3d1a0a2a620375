// What comes after the order: the technician's workbench, the receipt, the minutes, the mails.

import { expect, type Locator } from '@playwright/test';

import { people, tick, work, type Portal } from './portal';

/** Technicians who can sign in, by the names under which dispatch knows them. */
const TECHNICIANS: Record<string, string> = { 'Pavel Černý': people.technician, 'Radek Urban': people.otherTechnician };
const MOST_ORDERS = 12;

/** What a technician is called, by the address with which they sign in. */
export function nameOf(email: string): string {
  return Object.entries(TECHNICIANS).find(([, address]) => address === email)![0];
}

export type Kind = 'preparation' | 'communication' | 'work' | 'waiting' | 'our_fault';

/**
 * Orders urgent work with a ceiling until the time goes to a technician who can sign in: customers pick a time, never a
 * person, so only dispatch's list tells who got it. The least loaded gets it, so what went to others stays theirs until one
 * was found, and is cancelled then. Answers the request's number and the technician's address.
 */
export async function orderFromSomebody(
  customer: Portal,
  dispatcher: Portal,
  ceiling: number,
): Promise<{ number: string; email: string }> {
  const others: string[] = [];
  for (let attempt = 0; attempt < MOST_ORDERS; attempt++) {
    await customer.open('/order');
    await customer.orderProgram();
    await customer.orderWorkType(work.unplanned);
    await customer.orderDetails();
    await customer.orderUrgent('Nejde vydávat obědy.', 'dnes od 7:30');
    // Not the very next time, which could no longer be cancelled.
    await customer.pickSlot(Math.min(4, (await customer.slots.count()) - 1));
    await customer.field('ceiling_minutes').fill(String(ceiling));
    const number = await customer.confirm();
    await dispatcher.open('/desk/appointments');
    const email = TECHNICIANS[await whoseIs(dispatcher, number)];
    if (email) {
      for (const other of others) {
        await customer.open(`/requests/${other}`);
        await customer.cancel();
      }
      return { number, email };
    }
    others.push(number);
  }
  throw new Error(`none of ${MOST_ORDERS} times went to ${Object.keys(TECHNICIANS).join(' or ')}`);
}

/** Dispatch moves an agreed time to the first one of today at which a technician who can sign in is free; answers the address. */
export async function bringForward(dispatcher: Portal, number: string): Promise<string> {
  const [name, email] = Object.entries(TECHNICIANS)[0]!;
  await dispatcher.open(`/desk/requests/${number}/time`);
  const technician = await dispatcher.field('technician').locator('option', { hasText: name }).getAttribute('value');
  await dispatcher.open(`/desk/requests/${number}/time?technician=${technician}`);
  await tick(dispatcher.page.locator('.tick-list input').first());
  await dispatcher.button('Přesunout na tento čas').click();
  await dispatcher.field('reason').fill('Uvolnilo se to už dnes.');
  await dispatcher.button('Přesunout').click();
  await expect(dispatcher.page).toHaveURL(new RegExp(`/desk/requests/${number}$`));
  return email;
}

/** Whose appointment it is, from dispatch's list. */
async function whoseIs(dispatcher: Portal, number: string): Promise<string> {
  const row = dispatcher.main.getByRole('row').filter({ has: dispatcher.page.locator(`a[href="/desk/requests/${number}"]`) });
  return row.getByRole('cell').first().innerText();
}

/** The technician's page of one request. */
export class Bench {
  constructor(
    readonly portal: Portal,
    readonly number: string,
  ) {}

  async open(): Promise<void> {
    await this.portal.open(`/work/${this.number}`);
  }

  get clock(): Locator {
    return this.portal.main.getByRole('timer');
  }

  /** What the clock says, in seconds. */
  async seconds(): Promise<number> {
    return secondsOf(await this.clock.innerText());
  }

  /** Starts the clock, switches it over or goes on. */
  kind(kind: Kind): Locator {
    return this.portal.page.locator(`button[name="kind"][value="${kind}"]`);
  }

  get start(): Locator {
    return this.portal.button(/^Spustit hodiny/);
  }

  get stop(): Locator {
    return this.portal.button('Zastavit');
  }

  get segments(): Locator {
    return this.portal.main.getByRole('region', { name: 'Úseky' }).getByRole('row').filter({ has: this.portal.page.getByRole('cell') });
  }

  /** Adds a segment by hand, confirmed as it lies outside the visit, on the morning of the demo's day when nobody works yet, at an hour that is still free. */
  async addSegment(seconds: number, reason: string): Promise<void> {
    await this.portal.link('Doplnit úsek ručně').click();
    for (let hour = 6; hour >= 0; hour--) {
      // A browser writes no seconds where there are none.
      const at = (second: number) => new Date(Date.UTC(2026, 10, 23, hour, 0, second)).toISOString().slice(0, 19).replace(/:00$/, '');
      await this.portal.radio('kind', 'work').check();
      await this.portal.field('started_at').fill(at(0));
      await this.portal.field('ended_at').fill(at(seconds));
      await this.portal.field('reason').fill(reason);
      await this.portal.button('Uložit').click();
      const confirmed = this.portal.field('confirmed');
      if (await confirmed.isVisible()) {
        await confirmed.check();
        await this.portal.button('Uložit').click();
      }
      if (!(await this.portal.main.getByText('Úsek se překrývá').isVisible())) break;
    }
    await expect(this.portal.page).toHaveURL(new RegExp(`/work/${this.number}$`));
  }

  async close(report: string, finished = true): Promise<void> {
    await this.portal.field('report').fill(report);
    await this.portal.radio('finished', String(finished)).check();
    await this.portal.button('Uzavřít a vyúčtovat').click();
  }
}

/** The value beside a term, such as "Účtujeme", in the calculation of a receipt. */
export function fact(portal: Portal, term: string): Locator {
  const name = portal.page.locator('dt').getByText(term, { exact: true });
  return portal.main.locator('dl > div').filter({ has: name }).locator('dd').first();
}

/** "31 min" anywhere in a text, with its sign. */
export function minutesOf(text: string): number {
  const match = /([+−]?)\s*(\d[\d\s]*)\smin/u.exec(text);
  if (!match) throw new Error(`no minutes in "${text}"`);
  return Number(match[2]!.replace(/\s/gu, '')) * (match[1] === '−' ? -1 : 1);
}

/** "1:02:03", "29:50" or "29 min 50 s". */
export function secondsOf(text: string): number {
  const words = /^(?:(\d+)\sh)?\s*(?:(\d+)\smin)?\s*(?:(\d+)\ss)?$/u.exec(text.trim());
  if (words && text.trim() !== '') return Number(words[1] ?? 0) * 3600 + Number(words[2] ?? 0) * 60 + Number(words[3] ?? 0);
  if (!/^[\d:]+$/.test(text.trim())) throw new Error(`no length of time: "${text}"`);
  return text.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

export interface Entry {
  what: string;
  /** Zero for what is paid in money. */
  change: number;
  balance: number;
}

/** The lines of the statement on the page, without the balances at both ends. */
export async function statementEntries(portal: Portal): Promise<Entry[]> {
  const rows = await portal.main.locator('.table-statement tbody tr:not(.statement-end)').all();
  return Promise.all(
    rows.map(async (row) => {
      const [what, change, balance] = await row.locator('td').allInnerTexts();
      return { what: what!, change: /\d/.test(change!) ? minutesOf(change!) : 0, balance: minutesOf(balance!) };
    }),
  );
}

/** The text of the demo's mail with this subject that is about this request. Mails are written by jobs, so it may take a moment. */
export async function mailAbout(portal: Portal, subject: RegExp, number: string, timeout = 20_000): Promise<string> {
  let found = '';
  await expect(async () => {
    await portal.open('/mails');
    const links = await portal.main.getByRole('link', { name: subject }).all();
    for (const link of links) {
      const text = await (await portal.page.request.get(`${await link.getAttribute('href')}/text`)).text();
      if (text.includes(number)) {
        found = text;
        return;
      }
    }
    throw new Error(`no mail ${subject} about ${number}`);
  }).toPass({ timeout });
  return found;
}
