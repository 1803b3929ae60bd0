// site-files.ts: fetches files of the site. Paths are relative to the page.

/** Fetches a file of the site; throws a sentence if that fails. */
export async function getFile(path: string): Promise<Response> {
  const response = await fetch(path).catch(() => {
    throw new Error(`${path} cannot be reached: the network or the server is down`);
  });
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return response;
}

const texts = new Map<string, Promise<string>>();

/** The text of a file, fetched only once. */
export function getText(path: string): Promise<string> {
  const known = texts.get(path);
  if (known) return known;
  const text = getFile(path).then((response) => response.text());
  texts.set(path, text);
  text.catch(() => texts.delete(path));
  return text;
}
