// storage.ts: what the page remembers between visits. A browser may deny its storage; then nothing is kept, and
// `remember` says so.

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`rouse.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** False if the browser did not keep it. Without a text, the key is forgotten. */
export function remember(key: string, text: string | undefined): boolean {
  try {
    if (text === undefined) localStorage.removeItem(`rouse.${key}`);
    else localStorage.setItem(`rouse.${key}`, text);
    return true;
  } catch {
    return false;
  }
}
