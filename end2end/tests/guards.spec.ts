// The guards themselves: each must bite. They stand on a small server of their own with pages that are wrong on purpose.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';

import { expect, test } from '@playwright/test';

import { parseCalendar } from '../support/calendar';
import { Keyboard } from '../support/keyboard';
import { expectAccessible, expectNoScript, expectRoom } from '../support/look';
import { Problems } from '../support/problems';
import { weigh } from '../support/weight';

const CSP = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'";
const GOOD =
  '<link rel="stylesheet" href="/ring.css"><header><a href="#main">Na obsah</a></header><main id="main"><h1>Linka</h1><label>Jméno <input name="a"></label></main>';

const BODIES: Record<string, string> = {
  '/good': GOOD,
  '/csp': GOOD + '<p style="margin: 0">x</p>',
  '/missing': GOOD.replace('</main>', '<img src="/nowhere.png" alt="nic"></main>'),
  '/console': GOOD + '<script src="/warn.js"></script>',
  '/exception': GOOD + '<script src="/throw.js"></script>',
  '/unlabelled': GOOD.replace('<label>Jméno ', '').replace('</label>', ''),
  '/dark': GOOD.replace('<h1>', '<link rel="stylesheet" href="/dark.css"><h1 class="faint">'),
  '/wide': GOOD.replace('<h1>', '<link rel="stylesheet" href="/wide.css"><h1 class="wide">'),
  '/wordy': GOOD.replace('<h1>', '<link rel="stylesheet" href="/wide.css"><h1 class="wordy">' + 'slovo '.repeat(80)),
  '/ringless': GOOD.replace('<h1>', '<link rel="stylesheet" href="/ringless.css"><h1>'),
};
const FILES: Record<string, [type: string, text: string]> = {
  '/warn.js': ['text/javascript', 'console.warn("careful")'],
  '/throw.js': ['text/javascript', 'throw new Error("broken")'],
  '/dark.css': ['text/css', ':root{color-scheme:light dark}@media (prefers-color-scheme: dark){body{background:#111;color:#eee}.faint{color:#333}}'],
  '/ring.css': ['text/css', ':focus-visible{outline:3px solid #06c}'],
  '/wide.css': ['text/css', '.wide{width:500px}.wordy{white-space:nowrap}'],
  '/ringless.css': ['text/css', '*:focus-visible{outline:none}'],
};

let server: Server;
let url: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url!;
    if (path === '/away') return void response.writeHead(303, { location: '/good' }).end();
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    const [type, text] = FILES[path] ?? ['text/html; charset=utf-8', `<!doctype html><html lang="cs"><title>Linka</title>${BODIES[path] ?? GOOD}</html>`];
    const status = path in FILES || path in BODIES ? 200 : 404;
    response.writeHead(status, { 'content-type': type, 'content-encoding': 'br', 'content-security-policy': CSP });
    response.end(brotliCompressSync(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  server.closeAllConnections?.();
  server.close();
});

test('what a browser complains about is noticed', async ({ page, context, javaScriptEnabled }) => {
  const problems = new Problems(false);
  problems.watch(context);
  await page.goto(`${url}/good`);
  await page.goto(`${url}/refused-page`);
  expect(problems.list(), 'a page that answers 404 is for the journey to judge').toEqual([]);

  const expected: [path: string, complaint: RegExp][] = [
    ['/csp', /Content Security Policy/],
    ['/missing', /status 404.*nowhere/],
  ];
  if (javaScriptEnabled) expected.push(['/console', /console warning: careful/], ['/exception', /exception: broken/]);
  for (const [path, complaint] of expected) {
    await page.goto(url + path, { waitUntil: 'networkidle' });
    expect(problems.list().join('\n'), path).toMatch(complaint);
    problems.forget();
  }
});

test('axe works with script on and off, and in the dark', async ({ page }) => {
  await page.goto(`${url}/good`);
  await expectAccessible(page, true);
  await page.goto(`${url}/unlabelled`);
  await expect(expectAccessible(page, true)).rejects.toThrow(/390-light: label/);
  await page.goto(`${url}/dark`);
  const complaint = await expectAccessible(page, true).then(() => '', String);
  expect(complaint).toMatch(/1280-dark: color-contrast/);
  expect(complaint).not.toMatch(/light: color-contrast/);
});

test('sideways scrolling and script are noticed', async ({ page }) => {
  await page.goto(`${url}/good`);
  await expectRoom(page);
  await expectNoScript(page);
  await page.goto(`${url}/wide`);
  await expect(expectRoom(page)).rejects.toThrow(/wide/);
  await page.goto(`${url}/wordy`);
  await expect(expectRoom(page), 'words that reach out of a narrow element').rejects.toThrow(/wordy/);
});

test('a focus that nobody sees is noticed', async ({ page }) => {
  const keyboard = new Keyboard(page);
  await page.goto(`${url}/good`);
  await keyboard.type(page.locator('input'), 'Jana');
  await page.goto(`${url}/ringless`);
  await expect(keyboard.tabTo(page.locator('input'))).rejects.toThrow(/no ring/);
});

test('every byte is weighed', async ({ browser, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'weighed with script on');
  const light = await weigh(browser, {}, 'light', `${url}/good`);
  const heavy = await weigh(browser, {}, 'heavy', `${url}/console`);
  const detour = await weigh(browser, {}, 'detour', `${url}/away`);
  test.info().annotations.length = 0; // these are not pages of ours
  expect(light.bytes).toBeGreaterThan(brotliCompressSync(GOOD).length);
  expect(light.uncompressed).toEqual([]);
  expect(light.script).toBe(0);
  expect(heavy.script).toBeGreaterThan(100);
  expect(heavy.bytes).toBeGreaterThan(light.bytes + 100);
  expect(detour.bytes, 'redirects weigh too').toBeGreaterThan(light.bytes + 50);
});

test('a calendar file is read strictly', () => {
  const file = (start: string) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20261123T070000Z', 'SUMMARY:Zásah',
      `DTSTART${start}`, 'DTEND:20261125T074000Z', 'SEQUENCE:3', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
  const event = parseCalendar(file(':20261125T070000Z'));
  expect(event.start.toISOString()).toBe('2026-11-25T07:00:00.000Z');
  expect(event.sequence).toBe(3);
  expect(() => parseCalendar(file(';TZID=Europe/Prague:20261125T080000'))).toThrow(/UTC/);
  expect(() => parseCalendar(file(':20261125T070000Z').replaceAll('\r\n', '\n'))).toThrow();
});
