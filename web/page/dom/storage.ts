// storage.ts: what is remembered between visits. A browser may deny all of it; then nothing is, and those
// who would miss it are told.

export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(`rouse.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** False if it was not kept. Without a text it is forgotten. */
export function remember(key: string, text: string | undefined): boolean {
  try {
    if (text === undefined) localStorage.removeItem(`rouse.${key}`);
    else localStorage.setItem(`rouse.${key}`, text);
    return true;
  } catch {
    return false;
  }
}
