import { defineConfig } from '@playwright/test';

const browser = {
  executablePath: process.env.LINKA_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

const FIREFOX = /firefox\.spec\.ts$/;

// Debian's own, by WebDriver BiDi, which it speaks itself: the one that Playwright brings is another one, patched for it.
const firefox = {
  browserName: 'firefox',
  channel: 'moz-firefox',
  launchOptions: { executablePath: process.env.LINKA_FIREFOX ?? '/usr/bin/firefox-esr' },
} as const;

export default defineConfig({
  testDir: 'tests',
  globalSetup: './support/server.ts',
  outputDir: 'output/results',
  // Each worker starts a server of its own (support/server.ts): journeys do not meet unless they want to. On somebody else's
  // server they would, and a technician has but one clock. Three keep two processors busy: each waits for its browser now
  // and then.
  workers: process.env.LINKA_E2E_URL ? 1 : 3,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A journey that fails is a failure whatever its second try does, which is for the trace: to write one of every journey, in
  // case it fails, would cost a tenth of all the time.
  retries: 1,
  failOnFlakyTests: true,
  // How long something takes is no matter of these: a machine may be a third as fast.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./support/weight-reporter.ts']],
  use: {
    locale: 'cs-CZ',
    timezoneId: 'Europe/Prague',
    viewport: { width: 1280, height: 800 },
    launchOptions: browser,
    // The worker beside the pages has journeys of its own; in the others it would stand between the browser and what is watched.
    contextOptions: { reducedMotion: 'reduce', serviceWorkers: 'block' },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    // What the page was at each step; without a film of it, for which the browser would draw it all the time.
    trace: { mode: 'on-first-retry', screenshots: false },
    screenshot: 'only-on-failure',
  },
  // The same journeys twice: script only adds comfort.
  projects: [
    { name: 'script', testIgnore: FIREFOX, use: { javaScriptEnabled: true } },
    { name: 'no-script', testIgnore: FIREFOX, use: { javaScriptEnabled: false } },
    // And the main one once in a browser of another maker.
    { name: 'firefox', testMatch: FIREFOX, use: firefox },
  ],
});
