// `node wasi_engines.mjs QUIRK SOURCE MODULE [SOURCE MODULE]...`: runs WASI programs on an engine that is
// as odd as real ones are, and compares what they print with their `// expect:` lines. Time is counted, not
// waited for. Every call is judged: one relative clock, longer than nothing, and few calls.
import { readFileSync } from 'node:fs';

const [quirkName, ...pairs] = process.argv.slice(2);
const EBADF = 8;
const EINTR = 27;
const EINVAL = 28;
const ENOSYS = 52;
const ENOTSUP = 58;
const MONOTONIC = 1;
const CLOCK_EVENT = 0;
const MOST_POLLS = 200;

/** What an engine does with a poll of `left` ns: how long it waits, what it returns and reports. */
const quirks = {
  'does as specified': {},
  'wakes early': { wait: (left) => left / 2n },
  'wakes at once twice': { wait: (left, polls) => (polls % 3 === 0 ? left : 0n) },
  'wakes late': { wait: (left) => left + 3_000_000n },
  'counts in milliseconds': { wait: (left) => (left / 1_000_000n) * 1_000_000n + 1000n },
  'never writes the count': { events: [], count: undefined },
  'reports no event': { events: [], count: 0 },
  'reports more events than it was asked for': { count: 7 },
  'reports another event': { event: { userdata: 0xdeadn, error: 8, type: 2, bytes: 99n } },
  'says one byte is ready': { event: { bytes: 1n } },
  'is interrupted': { result: (polls) => (polls % 2 ? EINTR : 0), wait: (left) => left / 3n + 1n },
  'has no monotonic clock': { clocks: [0] }, // this and the next two: pitfall 32
  'has not built a monotonic clock': { clocks: [0], missing: ENOSYS },
  'does not support a monotonic clock': { clocks: [0], missing: ENOTSUP },
  'has a clock that steps back': { step: (now, polls) => (polls === 2 ? now - 5_000_000n : now) },
  'cannot poll': { result: () => ENOSYS, refused: true },
};
const quirk = quirks[quirkName];
if (!quirk) throw new Error(`no such quirk: ${quirkName}; there are ${Object.keys(quirks)}`);

class Exit {
  constructor(code) {
    this.code = code;
  }
}

function check(condition, what) {
  if (!condition) throw new Error(`${quirkName}: ${what}`);
}

function engine(memory, said) {
  let now = 1_000_000_000_000n;
  let polls = 0;
  const clocks = quirk.clocks ?? [0, MONOTONIC];
  const view = () => new DataView(memory().buffer);
  const waits = (left) => quirk.wait?.(left, polls) ?? left;
  function report(at, countAt) {
    const { userdata = 0n, error = 0, type = CLOCK_EVENT, bytes = 0n } = quirk.event ?? {};
    if (!quirk.events) {
      view().setBigUint64(at, userdata, true);
      view().setUint16(at + 8, error, true);
      view().setUint8(at + 10, type);
      view().setBigUint64(at + 16, bytes, true);
    }
    const count = 'count' in quirk ? quirk.count : 1;
    if (count !== undefined) view().setUint32(countAt, count, true);
  }
  const calls = {
    clock_time_get(id, _precision, at) {
      if (!clocks.includes(id)) return quirk.missing ?? EINVAL;
      now += 1000n; // looking takes time
      view().setBigUint64(at, quirk.step?.(now, polls) ?? now, true);
      return 0;
    },
    poll_oneoff(subscriptions, events, count, countAt) {
      const data = view();
      check(++polls <= MOST_POLLS, 'polled again and again: a busy loop');
      check(count === 1, `${count} subscriptions`); // pitfall 26: none at all
      check(data.getUint8(subscriptions + 8) === CLOCK_EVENT, 'not a clock');
      check(data.getUint16(subscriptions + 40, true) === 0, 'an absolute clock'); // pitfall 27
      const left = data.getBigUint64(subscriptions + 24, true);
      check(left > 0n, 'a wait for nothing');
      if (!clocks.includes(data.getUint32(subscriptions + 16, true))) return EINVAL;
      const result = quirk.result?.(polls) ?? 0;
      now += waits(left);
      if (result === 0) report(events, countAt);
      return result;
    },
    fd_write(fd, parts, count, written) {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const [at, size] = [0, 4].map((offset) => view().getUint32(parts + 8 * i + offset, true));
        said[fd] += Buffer.from(memory().buffer, at, size).toString();
        total += size;
      }
      view().setUint32(written, total, true);
      return 0;
    },
    environ_sizes_get(count, size) {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return 0;
    },
    environ_get: () => 0,
    fd_prestat_get: () => EBADF, // no folders
    proc_exit(code) {
      throw new Exit(code);
    },
  };
  return new Proxy(calls, { get: (target, name) => target[name] ?? (() => ENOSYS) });
}

async function run(path) {
  const said = ['', '', ''];
  let instance;
  const imports = { wasi_snapshot_preview1: engine(() => instance.exports.memory, said) };
  const module = await WebAssembly.compile(readFileSync(path));
  const wanted = WebAssembly.Module.imports(module).map(({ name }) => name);
  const named = Object.fromEntries(wanted.map((name) => [name, imports.wasi_snapshot_preview1[name]]));
  instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: named });
  try {
    instance.exports._start();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { code: error.code, said };
  }
  return { code: 0, said };
}

for (let i = 0; i < pairs.length; i += 2) {
  const source = readFileSync(pairs[i], 'utf8');
  const expected = [...source.matchAll(/^ *\/\/ expect: ?(.*)$/gm)].map(([, line]) => `${line}\n`);
  const { code, said } = await run(pairs[i + 1]);
  if (quirk.refused) {
    check(code === 1 && said[2].includes('ROUSE_ERR_NOT_SUPPORTED'), `exit ${code}: ${said[2]}`);
    continue;
  }
  check(code === 0, `exit ${code}: ${said[2]}`);
  check(said[1] === expected.join(''), `printed\n${said[1]}instead of\n${expected.join('')}`);
}
