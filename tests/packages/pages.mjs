// What the consumers with a page have made, looked at in a browser: one browser visits them all.
import { relative } from 'node:path';
import { borrow } from '../browser/open.mjs';
import { serve } from './serve.mjs';

const PATIENCE_MS = 120_000;

/** The page's title once it is another than at first. */
export async function titleOf(page, url) {
  await page.goto(url);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    const title = await page.evaluate('document.title');
    if (title.startsWith('error: ') || title.endsWith(', C')) return title;
    await new Promise((done) => setTimeout(done, 30));
  }
  return `nothing in ${PATIENCE_MS / 1000} s; ${page.errors?.slice(-3).join('; ') ?? ''}`;
}

/** Shared by all checks that need one: { page, origin, answers }, made when first asked for. */
export class Visitor {
  #opening;

  constructor(workshop, browser) {
    Object.assign(this, { workshop, browser });
  }

  open() {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open() {
    this.server = await serve(this.workshop.folder);
    this.page = await borrow(this.browser);
    return this;
  }

  url(folder, file = '') {
    return `${this.server.origin}/${relative(this.workshop.folder, folder)}/${file}`;
  }

  async close() {
    if (!this.#opening) return;
    await this.page?.close();
    await this.server.close();
  }
}

export function pageChecks(workshop, visitor, consumers) {
  return consumers
    .filter(({ title }) => title)
    .map(({ name, title, site, tool }) => ({
      name: `${name} in ${visitor.browser}`,
      tool,
      async run() {
        const made = workshop.pages.find((page) => page.name === name);
        if (!made) throw new Error('it was not built');
        const { page } = await visitor.open();
        const got = await titleOf(page, visitor.url(made.folder, site));
        if (got !== title) throw new Error(`expected ${title}, got ${got}`);
      },
    }));
}
