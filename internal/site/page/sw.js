// The service worker of an exported course. It is only there once someone has asked for the
// pages to work without the internet: it keeps the files of the folder, and nothing else.
"use strict";
const kept = "wayout-VERSION";
const files = [FILES];
self.addEventListener("install", (e) => {
  // A server may answer for index.html by sending on to the folder. A page can't be opened with
  // such an answer, so what is kept is a new one.
  e.waitUntil(caches.open(kept).then((c) => Promise.all(files.map((f) => fetch(f, { cache: "reload" }).then((r) => {
    if (!r.ok) throw new Error(f);
    return r.blob().then((b) => c.put(f, new Response(b, { headers: r.headers })));
  })))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (e) => {
  e.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n.startsWith("wayout-") && n !== kept).map((n) => caches.delete(n)))).then(() => self.clients.claim()));
});
self.addEventListener("fetch", (e) => {
  e.respondWith(caches.match(e.request, { ignoreSearch: true }).then((r) => r || fetch(e.request)));
});
