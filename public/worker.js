// Works for the portal beside its pages: shows what people are told, follows a browser whose push service changes where it is written
// to, and has a page for when there is no connection (design, Notifications; design, Without a connection).

const KEPT = 'offline';
const OFFLINE = '/offline';
/** How long the page that is kept counts as fresh. */
const FRESH = 5 * 60 * 1000;
let keptAt = 0;
/** How often something was sent: what was asked for before that is not kept behind it. */
let sent = 0;

self.addEventListener('install', (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(page(event));
  // What is sent may sign out, or change what comes next: nothing of it stays on the device.
  else if (request.mode === 'navigate') event.waitUntil(forget());
  else if (request.destination === 'style') event.respondWith(fetch(request).catch(() => kept(request)));
});

async function page(event) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return kept(OFFLINE);
  }
  if (Date.now() - keptAt > FRESH) event.waitUntil(keep());
  return answer;
}

async function kept(what) {
  return (await caches.match(what)) ?? Response.error();
}

async function forget() {
  sent += 1;
  keptAt = 0;
  await caches.delete(KEPT);
}

// The page that says the numbers to call and the next appointment, with its style sheet, and nothing else.
async function keep() {
  const before = sent;
  keptAt = Date.now();
  try {
    const answer = await fetch(OFFLINE);
    if (!answer.ok) return;
    const style = (await answer.clone().text()).match(/href="(\/pkg\/[^"]+\.css)"/);
    const cache = await caches.open(KEPT);
    if (style) await cache.add(style[1]);
    if (before === sent) await cache.put(OFFLINE, answer);
    if (before !== sent) await caches.delete(KEPT);
  } catch {
    // The next page tries again.
    keptAt = 0;
  }
}

self.addEventListener('push', (event) => {
  let told;
  try {
    told = event.data.json();
  } catch {
    return;
  }
  const { title, text, path, tag, lang } = told;
  event.waitUntil(self.registration.showNotification(title, { body: text, tag, lang, renotify: true, data: path }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const page = new URL(event.notification.data, self.location.origin);
  // The portal's own pages and no other.
  if (page.origin !== self.location.origin) return;
  event.waitUntil(open(page.href));
});

// The window in which the page is open already, or a new one.
async function open(address) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find((client) => client.url === address);
  return there ? there.focus() : self.clients.openWindow(address);
}

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(follow(event)));

// Browsers name the new address, or leave it to us to ask for one; the portal knows by its own cookie which browser says so.
async function follow({ oldSubscription, newSubscription }) {
  const key = oldSubscription?.options?.applicationServerKey ?? (await (await fetch('/api/account/push/key')).json());
  const subscription =
    newSubscription ??
    (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { endpoint, keys } = subscription.toJSON();
  const body = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
  await fetch('/api/account/push/renew', { method: 'POST', body, redirect: 'manual' });
}
