// sw.js: keeps all files of the site, and answers with them when the network fails or is slow. Paths are relative to
// this file, so the site may lie anywhere. The build fills in FILES and VERSION.
const FILES = [];
const VERSION = '';
const SLOW_MS = 4000;

const here = new URL('./', self.location).href;
const name = `rouse ${here} ${VERSION}`;

async function keepAll() {
  const cache = await caches.open(name);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })));
  await self.skipWaiting();
}

async function forgetOld() {
  const old = (await caches.keys()).filter((other) => other.startsWith(`rouse ${here} `) && other !== name);
  await Promise.all(old.map((other) => caches.delete(other)));
  await self.clients.claim();
}

async function kept(request) {
  const url = new URL(request.url);
  const path = url.href.slice(here.length).replace(/[?#].*$/, '');
  return (await caches.open(name)).match(here + (path || 'index.html'));
}

/** The server's answer comes first; if it fails or takes too long, the kept file is the answer. */
async function answer(request) {
  const slow = new Promise((resolve) => setTimeout(() => resolve(kept(request)), SLOW_MS));
  const fresh = fetch(request);
  const late = slow.then((response) => response ?? fresh);
  return Promise.race([fresh, late]).catch(async () => (await kept(request)) ?? Response.error());
}

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOld()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(here)) event.respondWith(answer(request));
});
