// file.ts: reads a file:, where that is more than a page: in Node, Deno and Bun.
export async function readFile(url: string | URL): Promise<Uint8Array> {
  const name = ['node:fs', 'promises'].join('/'); // a bundler for pages must not look for it
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)).readFile(new URL(url));
}
