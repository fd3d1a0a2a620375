// What goes wrong in a browser without anybody looking: console, exceptions, requests.

import type { BrowserContext, Request } from '@playwright/test';

// How Chromium and Firefox call what nobody waits for any longer.
const LEFT = ['net::ERR_ABORTED', 'NS_BINDING_ABORTED'];

/** Collects what a context's pages complain about. A journey fails when anything is left in it. */
export class Problems {
  private found: { text: string; url: string }[] = [];
  private readonly allowed: RegExp[] = [];
  /** Addresses that were answered as pages with 4xx; the console reports those too, and they are the journey's to judge. */
  private readonly refusedPages = new Set<string>();

  constructor(private readonly isScriptOff: boolean) {}

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      // A browser whose scripts are switched off fetches what only they would use.
      if (this.isScriptOff && message.text().includes('was preloaded using link preload but not used')) return;
      // The journeys' own doing (playwright.config.ts).
      if (message.text() === 'Service Worker registration blocked by Playwright') return;
      if (message.type() === 'error' || message.type() === 'warning') {
        this.add(`console ${message.type()}: ${message.text()}`, message.location().url);
      }
    });
    context.on('weberror', (error) => this.add(`exception: ${error.error().message}`, error.page()?.url() ?? ''));
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A browser whose scripts are switched off refuses the preload of one.
      const isScriptOff = reason === 'csp' && /\/pkg\/[^/]+\.js$/.test(request.url()) && this.isScriptOff;
      // A download, or a page left before all of it had come
      if (!LEFT.includes(reason) && !isScriptOff) this.add(`failed request: ${reason}`, request.url());
    });
    context.on('response', (response) => {
      const status = response.status();
      if (status >= 500) this.add(`status ${status}`, response.url());
      else if (status >= 400 && isPage(response.request())) this.refusedPages.add(response.url());
      else if (status >= 400) this.add(`status ${status}`, response.url());
    });
  }

  /** Expects problems whose text matches, in this journey. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** Forgets what was found so far. */
  forget(): void {
    this.found = [];
  }

  /** What is left, one line each. */
  list(): string[] {
    return this.found
      .filter(({ text, url }) => !(text.includes('Failed to load resource') && this.refusedPages.has(url)))
      .map(({ text, url }) => (url ? `${text} (${url})` : text))
      .filter((line) => !this.allowed.some((pattern) => pattern.test(line)));
  }

  private add(text: string, url: string): void {
    this.found.push({ text, url });
  }
}

function isPage(request: Request): boolean {
  return request.isNavigationRequest();
}
