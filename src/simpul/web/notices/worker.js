// The service worker: shows the one sentence that comes by push, and leads to the inbox. It keeps nothing.
// `text` and `tag` are what `simpul.notices.channels.push` encrypted; the same tag takes the place of what is shown.
const INBOX = "/pemberitahuan/";

function read(event) {
  try {
    return event.data.json();
  } catch {
    return {};
  }
}

async function show(event) {
  const said = read(event);
  const text = said.text || "Ada yang perlu dilihat di Simpul";
  await self.registration.showNotification(text, { tag: said.tag || "simpul" });
}

async function open(event) {
  event.notification.close();
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shown = pages.find((page) => new URL(page.url).pathname === INBOX);
  await (shown ? shown.focus() : self.clients.openWindow(INBOX));
}

self.addEventListener("push", (event) => event.waitUntil(show(event)));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event)));
