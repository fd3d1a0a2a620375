// What every journey is given: a server, a watched browser, the portal as a person sees it.

import { createHash } from 'node:crypto';

import { test as base, expect, type Browser, type Page } from '@playwright/test';

import { Portal } from './portal';
import { Problems } from './problems';
import { startServer, TURN, type Server } from './server';

interface Fixtures {
  /** Fails the journey if anything is left in it at the end. */
  problems: Problems;
  /** The portal in this journey's browser window. */
  portal: Portal;
  /** Another person at another computer. */
  visitor: () => Promise<Portal>;
}

interface WorkerFixtures {
  server: Server;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use, worker) => {
      const server = await startServer(`${worker.project.name}-${worker.workerIndex}`);
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  problems: [
    async ({ context, javaScriptEnabled }, use, info) => {
      info.skip(javaScriptEnabled === false && !isTurn(info.titlePath.join()), 'its turn without script is in other runs');
      const problems = new Problems(javaScriptEnabled === false);
      problems.watch(context);
      await use(problems);
      expect(problems.list(), 'what the browser complained about').toEqual([]);
    },
    { auto: true },
  ],

  portal: async ({ page }, use) => use(new Portal(page)),

  visitor: async ({ browser, contextOptions, baseURL, javaScriptEnabled, locale, timezoneId, problems }, use) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL, javaScriptEnabled, locale, timezoneId });
      contexts.push(context);
      problems.watch(context);
      return new Portal(await context.newPage());
    });
    for (const context of contexts) await context.close();
  },
});

/**
 * Script only adds comfort, and most of what a journey meets without is what it meets with: each is made without in every other run, as
 * chance has it, and always where somebody looks at pictures.
 */
function isTurn(journey: string): boolean {
  const chosen = createHash('sha256').update(`${journey} ${process.env[TURN]}`).digest()[0]! % 2 === 0;
  return chosen || Boolean(process.env.LINKA_PICTURES);
}

export { expect, type Page };
