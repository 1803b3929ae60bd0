// Timers that fire before their time, as a real one may by a part of a millisecond.
const { setTimeout } = globalThis;
globalThis.setTimeout = (run, ms = 0, ...rest) => setTimeout(run, ms / 2, ...rest);
