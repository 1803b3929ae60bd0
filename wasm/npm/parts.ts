// parts.ts: what only some pages need is fetched when one does. Where nothing can be imported later, as in
// worklets, it must be there before: 'rouse/inline' brings all of it.
//
// Invariant: a part imports nothing that a page has at once, but is given it. Otherwise bundlers cut what
// a page has at once into pieces: one for each set of parts that shares something.
import { RouseError } from './base/errors.js';

const brought: Record<string, unknown> = {};

/** @internal The parts that are here already, by their names. */
export const bring = (parts: Record<string, unknown>): unknown => Object.assign(brought, parts);

/** @internal A bundler must see what is imported: so the caller says how. */
export async function part<P>(name: string, fetch: () => Promise<P>): Promise<P> {
  try {
    return (brought[name] as P) ?? (await fetch());
  } catch (cause) {
    throw new RouseError('NOT_READY', `cannot fetch the part '${name}': 'rouse/inline' has all parts`, { cause });
  }
}

/** @internal Of the host: arguments, stdin, clocks, files, text by hand. */
export const more = () => part('more', () => import('./host/host-extras.js'));
