// Works for the portal while no page of it is open: shows what people are told, and follows a browser whose push service changes where
// it is written to (design, Notifications).

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
