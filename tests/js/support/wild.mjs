// Random programs of C and JavaScript that end each other in the middle of everything (tests/js/programs/wild.c).
import { future, join, race, ready, scope, select, spawn, timeout, yieldNow } from '../../../dist/index.js';
import { runtime } from '../../../dist/native/runtime.js';
import { app as loadApp } from './apps.mjs';

const names = ['SPAWN', 'SELECT', 'JOIN', 'LIMIT', 'NAP', 'ITEM', 'CANCEL', 'WAIT', 'FAIL', 'LEAVE'];
/** What `choose` gives C. */
export const wildStep = Object.fromEntries(names.map((name, i) => [name, i]));

/** Whole numbers below n, the same for the same seed. */
function randomFrom(seed) {
  let state = seed | 0;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** Time passes when nothing else is left to do. */
function quickPlatform() {
  let now = 0;
  return {
    now: () => now,
    macrotask: setImmediate,
    setTimeout: (run, ms) =>
      setImmediate(() => {
        now += ms;
        run();
      }),
    clearTimeout: clearImmediate,
  };
}

const MOST_ACTIONS = 150;
const MOST_DEEP = 4;
const MOST_ROUNDS = 2000;
const swallow = () => {};
const nextRound = () => new Promise((resolve) => setImmediate(resolve));

export class Wild {
  async run(seed) {
    this.random = randomFrom(seed);
    this.tasks = [];
    this.ends = []; // what everything that runs comes to
    this.lazy = [];
    this.streams = [];
    this.pending = [];
    this.actions = this.depth = 0;
    this.controller = new AbortController();
    await ready();
    try {
      this.app = await (this.loading ??= this.load());
      for (let i = 0; i < 3; i++) this.begin();
      for (let i = 0; i < 4; i++) {
        await (this.random(2) ? nextRound() : null);
        this.act();
      }
      await this.end();
    } catch (error) {
      throw new Error(`ROUSE_SEED=${seed} ROUSE_WILD=1: ${error.message}`, { cause: error });
    }
  }

  load() {
    const act = () => this.act();
    const imports = { choose: (_depth, options) => this.choose(options) };
    return loadApp('wild', { imports, stdout: act, stderr: act, platform: quickPlatform() });
  }

  one(list) {
    return list[this.random(list.length)];
  }

  /** Whatever JavaScript may do to C, from anywhere. */
  act() {
    if (this.actions >= MOST_ACTIONS || this.depth >= MOST_DEEP) return;
    this.actions++;
    this.depth++;
    const all = [
      () => this.one(this.tasks)?.abort('aborted'),
      () => this.one(this.tasks)?.abort('aborted'),
      () => this.one(this.lazy)?.drop(),
      () => void this.one(this.streams)?.return(),
      () => void this.one(this.streams)?.next().catch(swallow),
      () => this.settle(),
      () => this.begin(),
      () => this.random(4) || this.app.drop(),
      () => this.random(4) || this.controller.abort('signal'),
      () => this.random(4) || this.begin().abort('at once'),
      swallow,
    ];
    this.one(all)();
    this.depth--;
  }

  settle() {
    const { resolve, reject } = this.pending.splice(this.random(this.pending.length), 1)[0] ?? {};
    if (this.random(2)) resolve?.(this.step());
    else reject?.(new Error('rejected'));
  }

  step() {
    return this.random(names.length);
  }

  /** A future of either side, as a task. */
  begin() {
    const { app } = this;
    const made = this.random(2) ? app.wild(this.random(4), this.items()) : this.body(this.random(3));
    if (this.random(5) === 0) this.lazy.push(made);
    if (this.random(5) === 0) this.pour();
    const task = spawn(made, this.random(2) ? { signal: this.controller.signal } : {});
    this.tasks.push(task);
    this.keep(task);
    return task;
  }

  keep(thenable) {
    this.ends.push(thenable.then(swallow, (reason) => reason));
  }

  pour() {
    const items = this.app.pour(3)[Symbol.asyncIterator]();
    this.streams.push(items);
    this.keep(items.next());
  }

  /** What C's import does. */
  choose({ signal }) {
    this.act();
    const act = () => this.act();
    if (this.random(4) === 0) signal.addEventListener('abort', act);
    const ways = [
      () => this.step(),
      () => this.step(),
      () => this.step(),
      () => Promise.resolve(this.step()),
      () => Promise.reject(new Error('rejected')),
      () => new Promise((resolve, reject) => this.pending.push({ resolve, reject })),
      () => ({ then: (ok) => (act(), ok(this.step())) }),
      () => Object.assign(swallow.bind(), { toString: () => (act(), 'not a number') }),
      () => {
        throw new Error('thrown');
      },
    ];
    return this.one(ways)();
  }

  /** An iterator for rouse_js_next. */
  items() {
    const next = () => {
      this.act();
      if (this.random(4) === 0) return new Promise((resolve, reject) => this.pending.push({ resolve, reject }));
      return this.random(3) ? { done: false, value: {} } : { done: true };
    };
    return { next, return: () => (this.act(), {}) };
  }

  /** The same in JavaScript. */
  body(depth) {
    const self = this;
    const child = () => self.body(depth - 1);
    const ways = [
      () => yieldNow(),
      () => self.app.wild(0, self.items()),
      () => new Promise((resolve, reject) => self.pending.push({ resolve, reject })),
      ...(depth > 0 ? [() => select(child(), child()), () => join(child(), child())] : []),
      ...(depth > 0 ? [() => race(child(), yieldNow()), () => timeout(child(), 0), () => scope(within)] : []),
    ];
    function* within(own) {
      own.spawn(child());
      self.act();
      if (self.random(2)) yield* yieldNow();
      if (self.random(2)) own.cancel('scope');
    }
    return future(function* () {
      try {
        for (let i = self.random(5); i > 0; i--) {
          self.act();
          yield self.one(ways)();
        }
        if (self.random(4) === 0) throw new Error('thrown');
      } finally {
        self.act();
      }
    })();
  }

  /** Ends everything, and looks at what is left. */
  async end() {
    this.actions = MOST_ACTIONS;
    for (const task of this.tasks) task.abort('end');
    for (const items of this.streams) void items.return();
    for (const { resolve } of this.pending) resolve(wildStep.LEAVE);
    let reasons;
    void Promise.all(this.ends).then((all) => (reasons = all));
    for (let round = 0; !(reasons && this.left() === ''); round++) {
      if (round > MOST_ROUNDS) throw new Error(`it does not end: ${this.left()}\n${this.app.dump()}`);
      await nextRound();
    }
    const trapped = reasons.find((reason) => reason?.code === 'TRAPPED');
    if (trapped) throw trapped;
    const isDropped = await this.app.echo(Uint8Array.of(1)).then(
      () => false,
      ({ code }) => code === 'CLOSED',
    );
    if (isDropped) this.loading = undefined;
  }

  /** What is still in use. */
  left() {
    const { calls, handles, imports, owned, thrown } = this.app.inUse;
    const { frames, roots, waits } = runtime();
    const used = { calls, handles, imports, owned, thrown, frames: frames.size, roots: roots.size, waits: waits.size };
    return Object.keys(used)
      .filter((name) => used[name] > 0)
      .map((name) => `${name} ${used[name]}`)
      .join(', ');
  }
}
