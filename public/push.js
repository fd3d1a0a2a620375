// Shows what the portal tells people of the vendor, and opens the page that it is about (design, Who of us is told).
// It intercepts no request and keeps nothing: pages come from the server as ever.

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
