// What the bridge's tests share; the same in Node and in a page.
import { load } from '../../../dist/index.js';

const folder = new URL('../../../build/js-programs/', import.meta.url);
const compiled = new Map();

/** A program of tests/js/programs, compiled once. */
export async function moduleOf(name, variant = 'plain') {
  const url = new URL(`${name}.${variant}.wasm`, folder);
  if (!compiled.has(url.href)) compiled.set(url.href, WebAssembly.compile(await bytesOf(url)));
  return compiled.get(url.href);
}

export async function bytesOf(url) {
  if (url.protocol !== 'file:') return (await fetch(url)).arrayBuffer();
  const { readFile } = await import('node:fs/promises');
  return readFile(url);
}

export async function app(name, options) {
  return load(await moduleOf(name), options);
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Waits for what comes soon, however busy the machine is; what comes too late is for the caller to see. */
export async function until(condition) {
  for (let tries = 0; tries < 2000 && !condition(); tries++) await sleep(1);
}
export const microtasks = async (count = 10) => {
  for (let i = 0; i < count; i++) await null;
};

/** What a promise or thenable rejects with; fails if it does not. */
export async function reasonOf(thenable) {
  let value;
  try {
    value = await thenable;
  } catch (reason) {
    return reason;
  }
  throw new Error(`it gave ${String(value)}, and was to fail`);
}

/** Calls `handler` for rejections that nobody handles. Gives what ends that. */
export function onUnhandled(handler) {
  const { process } = globalThis;
  if (process) process.on('unhandledRejection', handler);
  else addEventListener('unhandledrejection', handler);
  return () => {
    if (process) process.off('unhandledRejection', handler);
    else removeEventListener('unhandledrejection', handler);
  };
}

/** As in engines that have explicit resource management; in others what is compiled for them looks for these. */
export const dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
export const asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
