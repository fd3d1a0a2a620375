// How a page looks: to a screen reader (axe), on a phone and a desk, by day and by night, on paper.

import * as fs from 'node:fs';
import * as path from 'node:path';

import { expect, test, type Locator, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const WIDE = { width: 1440, height: 900 };
const NARROWEST = { width: 360, height: 740 };
/** A sheet of A4 without its margins. */
const SHEET = { width: 718, height: 1047 };
const SCHEMES = ['light', 'dark'] as const;
const OUTPUT = path.resolve(__dirname, '../output');
/** The key by which the desk gets to its search is on all of its pages, and shows nothing there. */
const CHANGING_SCRIPT = 'script:not([src="/desk-search.js"])';
/** The short one: it is sent into every page that is looked at. */
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // It would fetch and read all style sheets again, for rules that are none of these.
  preload: false,
};

/** Everything that holds for every page. Leaves pictures of it in output/, where somebody wants to look at them. */
export async function expectGoodPage(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), 'one headline').toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', /^(cs|en)$/);
  await expect(page).toHaveTitle(/\S/);
  if (!(await sameWithScript(page))) {
    await expectRoom(page);
    await expectAccessible(page);
  }
  await screenshot(page, name);
}

/**
 * Script is off, and the page has none that changes it: the same journey with script on is shown the same document, and looks at it
 * there.
 */
async function sameWithScript(page: Page): Promise<boolean> {
  return scriptIsOff() && (await page.locator(CHANGING_SCRIPT).count()) === 0;
}

/**
 * axe finds nothing, on a phone and a desk, light and dark. The browser takes half of the journeys' time: where nobody looks at pictures,
 * chance says whether the desk is looked at by day and the phone by night, or the other way round.
 */
export async function expectAccessible(page: Page, everyWay = Boolean(process.env.LINKA_PICTURES)): Promise<void> {
  const isDeskByDay = Math.random() < 0.5;
  await withScript(page, async (scripted) => {
    await scripted.evaluate(AXE);
    const found: string[] = [];
    await everyLook(scripted, [DESK, PHONE], SCHEMES, async (look, size, scheme) => {
      const isLookedAt = ((size === DESK) === (scheme === 'light')) === isDeskByDay;
      if (!isLookedAt && !everyWay) return;
      const results = await scripted.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(RULES)})`);
      for (const { id, help, nodes } of results.violations) {
        found.push(...nodes.map((node) => `${look}: ${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
      }
    });
    expect(found, `axe on ${page.url()}`).toEqual([]);
  });
}

/**
 * output/{name}-{width}-{scheme}.png; without script, where colours are the same, no-script-{name}-{width}-light.png. Only if
 * LINKA_PICTURES is set, as `./test e2e` does: nothing compares them, so that CI need not wait for them.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env.LINKA_PICTURES) return;
  fs.mkdirSync(OUTPUT, { recursive: true });
  const [prefix, schemes] = scriptIsOff() ? ['no-script-', ['light']] as const : ['', SCHEMES] as const;
  await everyLook(page, [PHONE, DESK, WIDE], schemes, async (look) => {
    await page.screenshot({ path: path.join(OUTPUT, `${prefix}${name}-${look}.png`), fullPage: true });
  });
}

/** Nobody has to scroll sideways, and no card lies over another. The last size is that of most journeys, which thus goes on with it. */
export async function expectRoom(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const size of [WIDE, NARROWEST, PHONE, DESK]) {
    await page.setViewportSize(size);
    expect(await page.evaluate(tooWide), `wider than ${size.width} px on ${page.url()}`).toEqual([]);
    expect(await page.evaluate(covered), `cards over one another at ${size.width} px on ${page.url()}`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

function tooWide(): string[] {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => {
    // Words may reach out of an element that itself is narrow enough.
    const content = document.createRange();
    content.selectNodeContents(element);
    return Math.max(element.getBoundingClientRect().right, content.getBoundingClientRect().right) > limit + 0.5;
  });
  return [`${document.documentElement.scrollWidth} px`, ...wide.map((element) => element.outerHTML.slice(0, 120))];
}

function covered(): string[] {
  const cards = [...document.querySelectorAll('.card')].filter((card) => card.checkVisibility());
  const places = cards.map((card) => card.getBoundingClientRect());
  const cross = (one: DOMRect, other: DOMRect) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  return cards.flatMap((card, at) =>
    cards
      .filter((other, place) => place > at && !card.contains(other) && cross(places[at]!, places[place]!))
      .map((other) => `${card.outerHTML.slice(0, 80)} and ${other.outerHTML.slice(0, 80)}`),
  );
}

/**
 * On paper a page has no navigation and no buttons, and is black on white whatever the screen was. With
 * LINKA_PICTURES, leaves output/{name}-print.png, as wide as a sheet, and output/{name}.pdf.
 */
export async function expectGoodPrint(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize(SHEET);
  await expect(page.getByRole('navigation').filter({ visible: true }), 'no navigation').toHaveCount(0);
  await expect(page.locator('button, .button').filter({ visible: true }), 'no buttons').toHaveCount(0);
  const [paper, ink] = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [backgroundColor, color];
  });
  expect(paper, 'white').toMatch(/^(rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\))$/);
  expect(ink, 'black').toBe('rgb(0, 0, 0)');
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(tooWide, 'fits on a sheet').toBe(false);

  if (process.env.LINKA_PICTURES) {
    fs.mkdirSync(OUTPUT, { recursive: true });
    const prefix = scriptIsOff() ? 'no-script-' : '';
    await page.screenshot({ path: path.join(OUTPUT, `${prefix}${name}-print.png`), fullPage: true });
    await page.pdf({ path: path.join(OUTPUT, `${prefix}${name}.pdf`), format: 'A4', margin: { top: '15mm', right: '10mm', bottom: '15mm', left: '10mm' } });
  }
  await page.emulateMedia({ media: null, colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/**
 * On a phone each of these can be pressed: once it is scrolled to as the browser does for whoever gets there by keyboard, nothing
 * lies over any of its corners.
 */
export async function expectWithinReach(page: Page, targets: Record<string, Locator>): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(PHONE);
  for (const [name, target] of Object.entries(targets)) {
    const over = await target.evaluate((element) => {
      element.scrollIntoView({ block: 'nearest' });
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const corners = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4], [right - 4, bottom - 4]] as const;
      const found = corners.map(([x, y]) => document.elementFromPoint(x, y));
      const strange = found.filter((one) => one === null || !(element.contains(one) || one.contains(element)));
      return strange.map((one) => one?.outerHTML.slice(0, 120) ?? 'out of sight');
    });
    expect(over, `what lies over "${name}" on ${page.url()}`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

/** On a phone this is in sight wherever one has scrolled to. */
export async function expectAlwaysInSight(page: Page, target: Locator): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(PHONE);
  for (const part of [0, 0.5, 1]) {
    await page.evaluate((part) => window.scrollTo(0, part * document.documentElement.scrollHeight), part);
    await expect(target).toBeInViewport({ ratio: 1 });
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  if (before) await page.setViewportSize(before);
}

/** A page without islands carries no script at all. */
export async function expectNoScript(page: Page): Promise<void> {
  const script = page.locator(`${CHANGING_SCRIPT}, link[rel=modulepreload], link[as=fetch]`);
  await expect(script, `script on ${page.url()}`).toHaveCount(0);
}

type Size = typeof PHONE;
type Scheme = (typeof SCHEMES)[number];

async function everyLook(
  page: Page,
  sizes: readonly Size[],
  schemes: readonly Scheme[],
  visit: (look: string, size: Size, scheme: Scheme) => Promise<void>,
): Promise<void> {
  const before = page.viewportSize();
  // A page is laid out anew for each size, and only painted anew for each scheme.
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await visit(`${size.width}-${colorScheme}`, size, colorScheme);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
}

/**
 * axe waits for timers, and those stand still where script is off. There it gets a copy of the document as it stands, script
 * taken out, in a window that may run axe.
 */
async function withScript(page: Page, visit: (page: Page) => Promise<void>): Promise<void> {
  if (!scriptIsOff()) return visit(page);

  const html = (await page.content())
    .replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '')
    .replace(/<link\b[^>]*\b(?:rel="modulepreload"|as="fetch")[^>]*>/g, '')
    .replace(/<(\/?)noscript\b[^>]*>/g, '<$1div>');
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: true, reducedMotion: 'reduce' });
  try {
    const copy = await context.newPage();
    const address = page.url().replace(/#.*/, '');
    await copy.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await copy.goto(address);
    await visit(copy);
  } finally {
    await context.close();
  }
}

function scriptIsOff(): boolean {
  return test.info().project.use.javaScriptEnabled === false;
}
