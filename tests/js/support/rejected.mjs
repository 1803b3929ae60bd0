// Gives C promises that are rejected already, while its time slice is over again and again. Prints how many of those
// the platform reported as unhandled.
import { app as loadApp } from './apps.mjs';

let unhandled = 0;
process.on('unhandledRejection', () => unhandled++);

const names = ['fetchText', 'measure', 'getI32', 'getValue', 'getBytes', 'beep'];
const imports = Object.fromEntries(names.map((name) => [name, () => {}]));
let now = 0; // passes with each look at the clock
const platform = { now: () => now++, setTimeout, clearTimeout, macrotask: setImmediate };
const app = await loadApp('imports', { imports, platform, sliceMs: 3 });

let failed = 0;
const fail = () => app.await_value(Promise.reject(new Error('rejected'))).catch(() => failed++);
for (let i = 0; i < 2000; i++) await fail();
for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 200 }, fail));
console.log(JSON.stringify({ failed, unhandled }));
