// more.ts: the part of the host for modules that do more than print and wait: they are given arguments, or
// read stdin, clocks or files; and for engines without a decoder.
import { encode } from '../base/utf8.js';
import { Input } from './input.js';
import type { Instance } from './instance.js';
import type { Link } from './link.js';
import type { ModuleImports } from './wasi.js';
import { moreWasi } from './wasi-more.js';

export { placeArguments } from './arguments.js';
export { byHand } from '../base/utf8.js';
export { readFile } from './file.js';

const NONE = new Uint8Array();

/** Gives a module what else it asks for. One that was linked for WASI does not fit: it would wait in
    poll_oneoff, unless its clock jumps. */
export function addMore(instance: Instance, { env, wasi, view }: ModuleImports, link: Link): void {
  const { asked, args = [], jumps } = link;
  const isOurs = asked.some((name) => name.startsWith('rouse_host_'));
  link.fits &&= isOurs || jumps === true || !asked.includes('poll_oneoff');
  const { stdin } = instance.options;
  if (stdin !== undefined && asked.some((name) => /^(rouse_host_stdin|fd_read)$/.test(name)))
    instance.input = new Input(stdin, instance);
  const read = (most: number) => (instance.input ? instance.input.read(most) : NONE);
  env.rouse_host_stdin = (at: number, size: number) => {
    const some = read(size >>> 0);
    if (some) view.bytes(at, some.length).set(some);
    return some ? some.length : -1;
  };
  const host = { write: instance.write.bind(instance), read, now: () => instance.platform.now() };
  const texts = args.map((arg) => encode(`${arg}\0`));
  Object.assign(wasi, moreWasi(view, host, link, texts));
}
