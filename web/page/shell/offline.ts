// offline.ts: after one visit the page works without a net, if the browser lets a service worker (web/sw.js)
// keep its files. Where it does not, everything else is as ever.

export function bindOffline(): void {
  const { serviceWorker } = navigator;
  serviceWorker?.register('sw.js').catch(() => {});
}
