// `node wasi_fds.mjs QUIRK MODULE`: runs waits.c on an engine whose poll_oneoff treats descriptors as oddly as
// real ones do. Time is counted, not waited for: fd 0 has bytes after 20 ms and ends after 30, fd 5 is ready
// after 100, fd 6 at once, fd 9 is not open. Every call is judged: never without a subscription, at most one
// clock, a relative one, few calls, and the same two arrays as long as they are large enough.
import { readFileSync } from 'node:fs';

const [quirkName, path] = process.argv.slice(2);
const [SUCCESS, EBADF, EINTR, EINVAL, ENOSYS, EPERM] = [0, 8, 27, 28, 52, 63];
const [CLOCK, READ] = [0, 1];
const MS = 1_000_000n;
const MOST_POLLS = 60;
const READY_AT = { 0: 20n * MS, 5: 100n * MS, 6: 0n };
const END_AT = 30n * MS;

const several = (subs) => subs.filter(({ type }) => type === READ).length > 1;
const quirks = {
  'does as specified': {},
  // pitfall 31
  'fails the whole call for a bad descriptor': { refuse: (subs) => subs.some(({ fd }) => fd === 9) && EBADF },
  'cannot poll a file': { refuse: (subs) => subs.some(({ fd }) => fd === 6) && EPERM },
  'cannot poll descriptors': { refuse: (subs) => subs.some(({ type }) => type === READ) && ENOSYS, ready: true },
  'takes no set of descriptors': { refuse: (subs) => several(subs) && EINVAL },
  // pitfall 28
  'waits for all descriptors or the clock': { all: true },
  // pitfall 30, to the end of the list
  'says one byte is ready': { bytes: 1n },
  'says no byte is ready': { bytes: 0n },
  'says the other end hung up': { flags: 1 },
  'reports everything twice': { twice: true },
  'never writes the count': { count: undefined },
  'writes a wild count': { count: 99 },
  'is interrupted': { interrupt: true },
  'comes back with nothing': { empty: true },
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

let now = 0n;
let polls = 0;
let said = '';
let sent = false;
let arrays;
let instance;
const start = 1_000_000n * MS;
const view = () => new DataView(instance.exports.memory.buffer);

function subscription(at) {
  const data = view();
  const type = data.getUint8(at + 8);
  const user = data.getBigUint64(at, true);
  if (type === CLOCK) {
    check(data.getUint16(at + 40, true) === 0, 'an absolute clock'); // pitfall 27
    return { type, user, due: now + data.getBigUint64(at + 24, true) };
  }
  const fd = data.getUint32(at + 16, true);
  return { type, user, fd, due: READY_AT[fd] ?? now };
}

function report(at, sub, error) {
  const data = view();
  data.setBigUint64(at, sub.user, true);
  data.setUint16(at + 8, error, true);
  data.setUint8(at + 10, sub.type);
  data.setBigUint64(at + 16, quirk.bytes ?? 7n, true);
  data.setUint16(at + 24, quirk.flags ?? 0, true);
}

function judge(subs, subsAt, eventsAt) {
  check(subs.length > 0, 'a poll without a subscription'); // pitfall 26
  check(++polls <= MOST_POLLS, 'polled again and again: a busy loop');
  check(subs.filter(({ type }) => type === CLOCK).length <= 1, 'two clocks');
  if (!subs.some(({ type }) => type === READ)) return;
  check(!arrays || (arrays[0] === subsAt && arrays[1] === eventsAt), 'other arrays');
  arrays = [subsAt, eventsAt];
}

function poll(subsAt, eventsAt, count, countAt) {
  const subs = Array.from({ length: count }, (_, i) => subscription(subsAt + 48 * i));
  judge(subs, subsAt, eventsAt);
  const refused = quirk.refuse?.(subs);
  if (refused) return refused;
  if (quirk.interrupt && polls % 2) return EINTR;
  const fds = subs.filter(({ type }) => type === READ);
  const clocks = subs.filter(({ type }) => type === CLOCK);
  const dues = (list) => list.map(({ due }) => due);
  const earliest = (list) => dues(list).reduce((a, b) => (a < b ? a : b));
  const latest = (list) => dues(list).reduce((a, b) => (a > b ? a : b));
  let until = earliest(subs);
  if (quirk.all && fds.length) {
    until = latest(fds);
    if (clocks.length && clocks[0].due < until) until = clocks[0].due;
  }
  if (quirk.empty && polls % 3 === 1) until = now + (until > now ? (until - now) / 2n : 0n);
  if (until > now) now = until;
  let written = 0;
  for (const sub of subs.filter(({ due }) => due <= now))
    for (let times = quirk.twice && count > 2 * written + 1 ? 2 : 1; times > 0; times--)
      if (written < count) report(eventsAt + 32 * written++, sub, sub.fd === 9 ? EBADF : SUCCESS);
  const told = 'count' in quirk ? quirk.count : written;
  if (told !== undefined) view().setUint32(countAt, told, true);
  return SUCCESS;
}

const calls = {
  poll_oneoff: poll,
  clock_time_get(id, _precision, at) {
    now += 1000n;
    view().setBigUint64(at, start + now, true);
    return SUCCESS;
  },
  fd_fdstat_get(fd, at) {
    new Uint8Array(instance.exports.memory.buffer, at, 24).fill(0);
    return fd > 9 ? EBADF : SUCCESS;
  },
  fd_filestat_get: () => ENOSYS,
  fd_prestat_get: () => EBADF,
  fd_read(fd, parts, count, readAt) {
    check(quirk.ready || now >= READY_AT[0], 'a read that blocks');
    const text = sent ? '' : 'hello\n';
    if (sent && now < END_AT) now = END_AT;
    sent = true;
    const at = view().getUint32(parts, true);
    new Uint8Array(instance.exports.memory.buffer, at).set(Buffer.from(text));
    view().setUint32(readAt, text.length, true);
    return SUCCESS;
  },
  fd_write(fd, parts, count, written) {
    let total = 0;
    for (let i = 0; i < count; i++) {
      const [at, size] = [0, 4].map((offset) => view().getUint32(parts + 8 * i + offset, true));
      said += Buffer.from(instance.exports.memory.buffer, at, size).toString();
      total += size;
    }
    view().setUint32(written, total, true);
    return SUCCESS;
  },
  environ_sizes_get(count, size) {
    view().setUint32(count, 0, true);
    view().setUint32(size, 0, true);
    return SUCCESS;
  },
  environ_get: () => SUCCESS,
  proc_exit(code) {
    throw new Exit(code);
  },
};

const module = await WebAssembly.compile(readFileSync(path));
const names = WebAssembly.Module.imports(module).map(({ name }) => name);
const imports = Object.fromEntries(names.map((name) => [name, calls[name] ?? (() => ENOSYS)]));
instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
try {
  instance.exports._start();
} catch (error) {
  if (!(error instanceof Exit)) throw error;
  check(error.code === 0, `exit ${error.code}: ${said}`);
}
const bad = quirk.ready ? 'fd 9: ROUSE_OK' : 'fd 9: ROUSE_ERR_BAD_FD'; // the read will tell
const expected = ['50 ms', 'fd 0: ROUSE_OK', 'fd 5: ROUSE_OK', 'fd 6: ROUSE_OK', bad];
const lines = said.trimEnd().split('\n');
check(lines.slice(0, 5).sort().join() === expected.sort().join(), `printed\n${said}`);
check(lines.slice(5).join() === 'hello,ROUSE_ERR_CLOSED', `printed\n${said}`);
if (!quirk.all && !quirk.ready) check(now < 140n * MS, `took until ${now / MS} ms`);
console.log(`${polls} polls`);
