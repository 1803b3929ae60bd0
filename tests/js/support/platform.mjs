// The platform as tests look at it.
import { defaultPlatform } from '../../../dist/base/schedule.js';

/** The real platform, counting what is alive and what was asked. */
export function counting() {
  const real = defaultPlatform();
  const count = { alive: 0, most: 0, set: 0, macrotasks: 0 };
  const platform = {
    ...real,
    setTimeout(run, ms) {
      count.set++;
      count.most = Math.max(count.most, ++count.alive);
      const timer = { open: true };
      timer.id = real.setTimeout(() => {
        count.alive--;
        timer.open = false;
        run();
      }, ms);
      return timer;
    },
    clearTimeout(timer) {
      if (timer.open) count.alive--;
      real.clearTimeout(timer.id);
    },
    macrotask: (run) => (count.macrotasks++, real.macrotask(run)),
  };
  return { platform, count };
}

/** From now on, on any host: gives how many timers are set. Those of a platform that was made before are
    not among them. */
export function countTimers() {
  const { setTimeout, clearTimeout } = globalThis;
  const open = new Set();
  globalThis.setTimeout = (run, ms) => {
    const timer = setTimeout(() => (open.delete(timer), run()), ms);
    open.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => (open.delete(timer), clearTimeout(timer));
  return () => open.size;
}
