// Buying minutes: the shop and its form, the payment page, bank statements, documents.

import { expect, type Locator } from '@playwright/test';

import type { Portal } from './portal';
import { fact } from './work';

export const shop = {
  submit: 'Objednávka zavazující k platbě',
  pay: 'Zaplatit kartou',
  cancel: 'Zrušit objednávku',
  total: 'Celkem s DPH',
} as const;

export type Method = 'card' | 'transfer';

const PURCHASE = /\/bundles\/purchases\/B\d{4}-\d{6,}$/;
const CHECKOUT = /\/pay\/cs_[A-Za-z0-9_]+$/;

/** From the shop to the form of the bundle with so many minutes. */
export async function openForm(customer: Portal, minutes: number): Promise<void> {
  await customer.open('/bundles');
  await customer.link(new RegExp(`^Koupit.*${minutes}\\smin$`, 'u')).click();
  await expect(customer.headline).toHaveText(`Balíček ${minutes}\u00a0min`);
}

/** Buys one bundle; leaves the buyer at the payment page, or on the page of the purchase. */
export async function buy(customer: Portal, minutes: number, method: Method): Promise<void> {
  await openForm(customer, minutes);
  await customer.radio('method', method).check();
  await customer.button(shop.submit).click();
  await expect(customer.page).toHaveURL(method === 'card' ? CHECKOUT : PURCHASE);
}

/** The number of the purchase whose page this is. */
export async function purchaseNumber(customer: Portal): Promise<string> {
  await expect(customer.page).toHaveURL(PURCHASE);
  return customer.page.url().split('/').at(-1)!;
}

/** Buys by card without detours, and answers the number of the purchase. */
export async function buyByCard(customer: Portal, minutes: number): Promise<string> {
  await buy(customer, minutes, 'card');
  await new Checkout(customer).pay.click();
  return purchaseNumber(customer);
}

/** The page of the sandbox on which a card is charged. */
export class Checkout {
  constructor(private readonly customer: Portal) {}

  async expectOpen(): Promise<void> {
    await expect(this.customer.page).toHaveURL(CHECKOUT);
    await expect(this.customer.headline).toHaveText('Zkušební platba');
    await expect(this.customer.main).toContainText('žádné peníze se nepohnou');
  }

  get total(): Locator {
    return fact(this.customer, 'Částka s DPH');
  }

  get pay(): Locator {
    return this.customer.button(/^Zaplatit/);
  }

  get decline(): Locator {
    return this.customer.button('Zamítnout kartu');
  }

  get back(): Locator {
    return this.customer.link('Zpět k obchodu');
  }
}

/** "1 669,80 Kč" in haléře. */
export function halerOf(text: string): number {
  const match = /([\d\s]+)(?:,(\d\d))?\s*Kč/u.exec(text);
  if (!match) throw new Error(`no money in "${text}"`);
  return Number(match[1]!.replace(/\s/gu, '')) * 100 + Number(match[2] ?? 0);
}

/** What a purchase asks to be paid by transfer. */
export async function demand(customer: Portal): Promise<{ haler: number; symbol: string }> {
  const haler = halerOf(await fact(customer, 'Zbývá zaplatit').innerText());
  const symbol = (await fact(customer, 'Variabilní symbol').innerText()).trim();
  expect(symbol).toMatch(/^\d{1,10}$/);
  return { haler, symbol };
}

export interface Transfer {
  haler: number;
  symbol: string;
  payer: string;
}

/** A statement as Fio lets one download it. */
export function statement(reference: number, transfers: readonly Transfer[]): Buffer {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const names = ['ID pohybu', 'Datum', 'Objem', 'Měna', 'Protiúčet', 'Název protiúčtu', 'Kód banky', 'VS', 'Zpráva pro příjemce'];
  const lines = transfers.map(({ haler, symbol, payer }, place) =>
    [String(reference + place), '23.11.2026', `${Math.floor(haler / 100)},${String(haler % 100).padStart(2, '0')}`, 'CZK', '19-2000145399', payer, '0800', symbol, 'Minuty'],
  );
  const table = [names, ...lines].map((line) => line.map(cell).join(';'));
  return Buffer.from(`\ufeff${['currency;CZK', '', ...table].join('\r\n')}\r\n`);
}

/** Uploads a statement; leaves the manager on the page that says what came of it. */
export async function importStatement(manager: Portal, name: string, file: Buffer): Promise<void> {
  await manager.open('/sales/bank');
  await manager.field('file').setInputFiles({ name, mimeType: 'text/csv', buffer: file });
  await manager.button('Nahrát výpis').click();
  await expect(manager.page).toHaveURL(/\/sales\/bank\?/);
}

/** The row of a document in the customer's list, by its kind and what it is for. */
export function documentRow(customer: Portal, kind: string, what: string | RegExp = ''): Locator {
  return customer.main.getByRole('row').filter({ hasText: kind }).filter({ hasText: what });
}

/** Downloads both files of a document and checks that they are what they say. Answers the document's number. */
export async function downloadDocument(customer: Portal, row: Locator): Promise<string> {
  const number = (await row.locator('.document-number').innerText()).trim();
  const get = async (name: RegExp) => {
    const address = await row.getByRole('link', { name }).getAttribute('href');
    const answer = await customer.page.request.get(address!);
    expect(answer.status(), address!).toBe(200);
    return { body: await answer.body(), type: answer.headers()['content-type'] };
  };
  const pdf = await get(/^PDF/);
  expect(pdf.type).toBe('application/pdf');
  expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-');
  const isdoc = await get(/^ISDOC/);
  expect(isdoc.type).toMatch(/xml/);
  expect(isdoc.body.toString(), 'names itself').toContain(`<ID>${number}</ID>`);
  return number;
}

/** What a link leads to, as text. */
export async function textOf(portal: Portal, link: Locator): Promise<string> {
  const answer = await portal.page.request.get((await link.getAttribute('href'))!);
  expect(answer.status()).toBe(200);
  return answer.text();
}
