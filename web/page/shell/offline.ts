// offline.ts: after one visit the page works offline, if the browser lets a service worker (web/sw.js) keep its files.
// If it does not, nothing else changes.

export function bindOffline(): void {
  const { serviceWorker } = navigator;
  serviceWorker?.register('sw.js').catch(() => {});
}
