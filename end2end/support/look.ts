// How a page looks: to a screen reader (axe), on a phone and a desk, by day and by night.

import * as fs from 'node:fs';
import * as path from 'node:path';

import { expect, test, type Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
const NARROWEST = 360;
const OUTPUT = path.resolve(__dirname, '../output');

const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** Everything that holds for every page. Leaves pictures of it in output/. */
export async function expectGoodPage(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), 'one headline').toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', /^(cs|en)$/);
  await expect(page).toHaveTitle(/\S/);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await screenshot(page, name);
}

/** axe finds nothing, on a phone and a desk, light and dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await withScript(page, async (scripted) => {
    await scripted.evaluate(axe.source);
    const found: string[] = [];
    await everyLook(scripted, SCHEMES, async (look) => {
      const results = await scripted.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(RULES)})`);
      for (const { id, help, nodes } of results.violations) {
        found.push(...nodes.map((node) => `${look}: ${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
      }
    });
    expect(found, `axe on ${page.url()}`).toEqual([]);
  });
}

/** output/{name}-{width}-{scheme}.png; without script, where colours are the same, no-script-{name}-{width}-light.png */
export async function screenshot(page: Page, name: string): Promise<void> {
  fs.mkdirSync(OUTPUT, { recursive: true });
  const [prefix, schemes] = scriptIsOff() ? ['no-script-', ['light']] as const : ['', SCHEMES] as const;
  await everyLook(page, schemes, async (look) => {
    await page.screenshot({ path: path.join(OUTPUT, `${prefix}${name}-${look}.png`), fullPage: true });
  });
}

/** Nobody has to scroll sideways, on the narrowest phone either. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: 740 });
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 0.5)
      .map((element) => element.outerHTML.slice(0, 120));
  });
  if (before) await page.setViewportSize(before);
  expect(wide, `wider than ${NARROWEST} px on ${page.url()}`).toEqual([]);
}

/** A page without islands carries no script at all. */
export async function expectNoScript(page: Page): Promise<void> {
  await expect(page.locator('script, link[rel=modulepreload], link[as=fetch]'), `script on ${page.url()}`).toHaveCount(0);
}

type Scheme = (typeof SCHEMES)[number];

async function everyLook(page: Page, schemes: readonly Scheme[], visit: (look: string) => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await visit(`${size.width}-${colorScheme}`);
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
