// The portal as its people use it. Words and field names stand here once, so that a change of wording costs one line.

import { expect, type Locator, type Page } from '@playwright/test';

export const PASSWORD = 'linka-demo-heslo';

export const people = {
  /** All capabilities, a contract, tier Rychlá. */
  school: 'vedouci@skola-lipova.example',
  /** The same customer, may only order. */
  kitchen: 'kuchyne@skola-lipova.example',
  /** The same customer, may only see billing. */
  bookkeeper: 'ucetni@skola-lipova.example',
  /** No contract. */
  office: 'info@urad-dolany.example',
  /** No contract, a bundle. */
  canteen: 'jidelna@zs-horni.example',
  /** No contract; minutes come each month by a card that the bank declines. */
  subscriber: 'vesela@jidelna-parkova.example',
  /** Owes an invoice from before, and sees documents. */
  debtor: 'pokorny@sps-kovarna.example',
  dispatcher: 'dispecer@linka.example',
  technician: 'technik1@linka.example',
  otherTechnician: 'technik2@linka.example',
  manager: 'vedouci@linka.example',
} as const;

export const words = {
  signIn: 'Přihlásit se',
  signOut: 'Odhlásit se',
  signOutElsewhere: 'Odhlásit všude jinde',
  signInFailed: /heslo/i,
  order: 'Objednat vzdálený zásah',
  buyMinutes: 'Koupit minuty',
  next: 'Vybrat termín',
  again: 'Objednat znovu totéž',
  undo: 'Vzít objednávku zpět',
  confirm: 'Potvrdit termín',
  move: 'Přesunout',
  cancel: 'Zrušit',
  cancelForGood: /^Zrušit/,
  cancelled: /zrušen/i,
  addToCalendar: 'Přidat do kalendáře',
  taken: 'Tento termín mezitím obsadil někdo jiný',
  cannotBeUrgent: /nelze objednat jako urgentní/,
  inProgress: 'Technik právě pracuje',
  asked: 'Technik čeká na váš souhlas',
  english: 'English',
  czech: 'Česky',
  urgent: 'urgent',
  normal: 'normal',
} as const;

/** Ticks a box or radio as a person does who clicks on it. */
export async function tick(box: Locator): Promise<void> {
  await box.check();
}

/** Kinds of work of the demo data, by a part of their names. */
export const work = {
  plannable: /Přecenění/,
  unplanned: /Chyba v programu/,
  /** Dispatch names its time. */
  dispatched: /Převod dat/,
  /** Few technicians know it. */
  rare: /Tisk nebo terminál/,
} as const;

export const details = {
  what_happened: 'Sklad po uzávěrce hlásí chybu „záporný stav“ u tří položek.\nObjednávka obědů stojí.',
  contact_name: 'Jana Nováková',
  contact_phone: '377 123 456',
} as const;

/** The smallest image. */
export const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export class Portal {
  constructor(readonly page: Page) {}

  // ---- what every page has ----

  get headline(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name, exact: typeof name === 'string' });
  }

  /** What leads there, a link or a button. */
  control(name: string | RegExp): Locator {
    return this.link(name).or(this.button(name)).first();
  }

  /** A field by its name in the form; its label is for axe to judge. */
  field(name: string): Locator {
    return this.page.locator(`input[name="${name}"], textarea[name="${name}"], select[name="${name}"]`);
  }

  radio(name: string, value: string): Locator {
    return this.page.locator(`input[type="radio"][name="${name}"][value="${value}"]`);
  }

  radioLabelled(name: string, label: RegExp): Locator {
    return this.page.getByRole('radio', { name: label }).and(this.field(name));
  }

  get errorSummary(): Locator {
    return this.page.getByRole('alert');
  }

  /** The form came back: what is wrong is said above it and beside this field. */
  async expectProblemAt(name: string): Promise<void> {
    const link = this.errorSummary.locator(`a[href^="#${name}"]`);
    await expect(link).toHaveCount(1);
    const beside = this.page.locator(`#${name}-error`);
    await expect(beside).toBeVisible();
    await expect(beside).toContainText(await link.innerText());
  }

  async open(address: string): Promise<void> {
    // Whoever opens a page looks at it. Several people share one browser here, which cares less for pages behind others.
    await this.page.bringToFront();
    await this.page.goto(address);
  }

  // ---- signing in ----

  /** As the form does it; the page with the form is for the journeys that are about it. */
  async signIn(email: string, password: string = PASSWORD): Promise<void> {
    const form = { call: '/api/sign-in', next: '', email, password };
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
    const answer = await this.page.request.post('/sign-in', { form, headers, maxRedirects: 0 });
    expect(answer.status(), `${email} signs in`).toBe(303);
    await this.open(answer.headers()['location']!);
  }

  /** The form may stand on any page that wants to know who is asking. */
  async fillSignIn(email: string, password: string = PASSWORD): Promise<void> {
    await this.field('email').fill(email);
    await this.field('password').fill(password);
    await this.main.getByRole('button', { name: words.signIn }).click();
    if (password === PASSWORD) await expect(this.field('password')).toHaveCount(0);
  }

  /** The door is shut: sign in first. */
  async expectSignIn(): Promise<void> {
    await expect(this.field('password')).toBeVisible();
    await expect(this.main.getByRole('button', { name: words.signIn })).toBeVisible();
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  // ---- ordering: the first screen part by part, then the times ----

  /** The first screen. */
  async orderProgram(): Promise<void> {
    if (!/\/order(\?draft=[^&]*)?$/.test(this.page.url())) await this.open('/order');
    await expect(this.button(words.next)).toBeVisible();
  }

  /** Some programs are folded up at first. */
  async orderWorkType(kind: RegExp = work.unplanned): Promise<void> {
    const folded = this.page.locator('.choice-more:not([open]) > summary:visible');
    while ((await folded.count()) > 0) await folded.first().click();
    await tick(this.radioLabelled('subject', kind).first());
  }

  async orderDetails(change: Partial<Record<keyof typeof details, string>> = {}): Promise<void> {
    const wanted = { ...details, ...change };
    for (const name of Object.keys(details) as (keyof typeof details)[]) await this.field(name).fill(wanted[name]);
  }

  /** Where the work is planned anyway, there is nothing to choose. */
  async orderNormal(): Promise<void> {
    const normal = this.radio('urgency', words.normal);
    if (await normal.isVisible()) await tick(normal);
    await this.next();
  }

  async orderUrgent(whatStopped: string, since: string): Promise<void> {
    await tick(this.radio('urgency', words.urgent));
    await this.field('what_stopped').fill(whatStopped);
    await this.field('since').fill(since);
    await this.next();
  }

  /** Up to the page with the times. */
  async orderUpToTime(kind?: RegExp): Promise<void> {
    await this.orderProgram();
    await this.orderWorkType(kind);
    await this.orderDetails();
    await this.orderNormal();
  }

  /** Times to pick from, of the day that is shown, that are in sight; those off the half hours are folded up. */
  get slots(): Locator {
    return this.page.locator('li button[name="start"]:visible');
  }

  slotAt(start: string): Locator {
    return this.page.locator(`li button[name="start"][value="${start}"]`);
  }

  /** Picks one of the times in sight and answers which. */
  async pickSlot(index = 0): Promise<string> {
    const slot = this.slots.nth(index);
    const start = await slot.getAttribute('value');
    await slot.click();
    await expect(this.page).toHaveURL(/\/confirm$/);
    return start!;
  }

  get countdown(): Locator {
    return this.page.getByRole('timer');
  }

  /** Agrees the held time and answers the number of the request. */
  async confirm(): Promise<string> {
    await this.button(words.confirm).click();
    return this.requestNumber();
  }

  /** Takes back what was ordered just now: nobody's times are used up by looking. */
  async undo(): Promise<void> {
    const number = await this.requestNumber();
    await this.button(words.undo).click();
    await expect(this.page).toHaveURL(new RegExp(`/requests/${number}$`));
    await expect(this.main).toContainText('Objednávka vzatá zpět');
    await expect(this.button(words.undo)).toHaveCount(0);
  }

  async order(kind?: RegExp): Promise<string> {
    await this.orderUpToTime(kind);
    await this.pickSlot();
    return this.confirm();
  }

  /** Sends the first screen and waits for the next one. */
  async next(step = 'time'): Promise<void> {
    await this.button(words.next).click();
    await expect(this.page).toHaveURL(new RegExp(`/order/[0-9a-f-]{36}/${step}$`));
  }

  // ---- a request ----

  /** From the list, by its number. */
  async openRequest(number: string): Promise<void> {
    await this.open('/requests');
    await this.main.locator(`a[href="/requests/${number}"]`).first().click();
    await this.requestNumber();
  }

  /** Orders work whose time dispatch names; the number under which it waits. */
  async orderDispatched(): Promise<string> {
    await this.orderProgram();
    await this.orderWorkType(work.dispatched);
    await this.orderDetails();
    const normal = this.radio('urgency', words.normal);
    if (await normal.isVisible()) await tick(normal);
    await this.next('confirm');
    await this.main.getByRole('button', { name: /^Odeslat/ }).click();
    return this.requestNumber();
  }

  async requestNumber(): Promise<string> {
    await expect(this.page).toHaveURL(/\/requests\/\d{4}-\d{6,}$/);
    return this.page.url().split('/').at(-1)!;
  }

  async move(index = 0): Promise<void> {
    await this.control(words.move).click();
    await expect(this.page).toHaveURL(/\/move$/);
    await this.slots.nth(index).click();
    await expect(this.page).toHaveURL(/\/move\?start=/);
    await this.main.getByRole('button', { name: words.move }).click();
    await this.requestNumber();
  }

  async cancel(): Promise<void> {
    await this.control(words.cancel).click();
    await expect(this.page).toHaveURL(/\/cancel$/);
    await this.main.getByRole('button', { name: words.cancelForGood }).click();
    await this.requestNumber();
  }

  /** The calendar file that the request's page leads to. */
  async calendar(): Promise<string> {
    const address = await this.link(words.addToCalendar).getAttribute('href');
    const answer = await this.page.request.get(address!);
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-type']).toMatch(/^text\/calendar/);
    return answer.text();
  }
}
