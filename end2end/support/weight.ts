// What a first visit costs: every byte over the wire, with an empty cache.

import { test, type Browser, type BrowserContextOptions } from '@playwright/test';

export interface Weight {
  page: string;
  /** Bytes of headers and bodies as they came, compressed. */
  bytes: number;
  /** Of them, script and WASM. */
  script: number;
  requests: number;
  budget: number | undefined;
  /** Texts that came uncompressed although that would have paid. */
  uncompressed: string[];
}

export const ANNOTATION = 'weight';

/** Visits `address` in a window of its own and weighs what comes until the network falls silent. */
export async function weigh(
  browser: Browser,
  options: BrowserContextOptions,
  page: string,
  address: string,
  budget?: number,
): Promise<Weight> {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const wire = await context.newCDPSession(tab);
  await wire.send('Network.enable');

  const kinds = new Map<string, { script: boolean; text: boolean; compressed: boolean; url: string }>();
  const weight: Weight = { page, bytes: 0, script: 0, requests: 0, budget, uncompressed: [] };
  wire.on('Network.requestWillBeSent', ({ redirectResponse }) => {
    if (redirectResponse) {
      weight.bytes += redirectResponse.encodedDataLength;
      weight.requests += 1;
    }
  });
  wire.on('Network.responseReceived', ({ requestId, type, response }) => {
    const header = (name: string) =>
      Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
    const mime = response.mimeType;
    kinds.set(requestId, {
      script: type === 'Script' || mime === 'application/wasm' || /javascript/.test(mime),
      text: /^text\/|javascript|json|wasm|svg/.test(mime),
      compressed: /^(br|gzip|zstd)$/.test(header('content-encoding')),
      url: response.url,
    });
  });
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    weight.bytes += encodedDataLength;
    weight.requests += 1;
    if (kind?.script) weight.script += encodedDataLength;
    if (kind?.text && !kind.compressed && encodedDataLength > 1_500) weight.uncompressed.push(kind.url);
  });

  // What an open page listens to is no part of what it weighs, and never ends.
  await tab.route('**/live?*', (route) => route.abort());
  await tab.goto(address, { waitUntil: 'load' });
  await tab.waitForLoadState('networkidle');
  await context.close();
  test.info().annotations.push({ type: ANNOTATION, description: JSON.stringify(weight) });
  return weight;
}
