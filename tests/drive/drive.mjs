// `node drive.mjs FOLDER SUFFIX CASE [EMULATOR...]`: feeds the programs of examples/programs as people do,
// and compares all they say with what is written here: the same on Linux, in wasmtime, in Node, and on the
// JavaScript host as far as that has no files.
// `node drive.mjs --list` prints the cases.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [given, suffix, only, ...emulator] = process.argv.slice(2);
const folder = given === '--list' ? given : resolve(given);
const native = emulator.length === 0;
const onJavaScript = emulator.some((word) => word.endsWith('run-wasm.mjs'));
const onWasmtime = emulator.some((word) => word.endsWith('wasmtime'));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const LIMIT_MS = 240_000; // only what hangs takes so long, on a machine however loaded

function check(condition, what) {
  if (!condition) throw new Error(`${only}: ${what}`);
}

/** What traced builds say of a poll that a busy machine made slow. */
const clockLints = /^rouse: lint: (slow-poll|never-yielded):.*\n/gm;

/** A program under way: `out` and `err` grow, `ended` resolves to its exit code or signal. */
function start(name, args = [], { stdin = 'pipe', stdout = 'pipe', stderr = 'pipe', wrap = [] } = {}) {
  const command = [...wrap, ...emulator, join(folder, name + suffix), ...args];
  const child = spawn(command[0], command.slice(1), { stdio: [stdin, stdout, stderr] });
  const program = { child, out: '', err: '', bytes: 0, hash: createHash('sha256') };
  child.stdout?.on('data', (data) => {
    program.bytes += data.length;
    program.hash.update(data);
    if (program.out.length < 1e6) program.out += data;
  });
  child.stderr?.on('data', (data) => (program.err += data));
  child.stdin?.on('error', () => {}); // it may not read to the end
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  program.ended = new Promise((done) =>
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      program.err = program.err.replace(clockLints, '');
      done(signal ?? code);
    }),
  );
  return program;
}

/** The whole of one: what goes in, what must come out. */
async function run(name, args, input, { out, err, code = 0, ...options }) {
  const program = start(name, args, options);
  for (const piece of [].concat(input ?? [])) {
    if (typeof piece === 'number') await pause(piece);
    else program.child.stdin.write(piece);
  }
  program.child.stdin?.end();
  const ended = await program.ended;
  const said = `exit ${ended}\n${program.out}${program.err}`;
  check(ended === code, `expected exit ${code}: ${said}`);
  if (out !== undefined) check(program.out === out, `expected\n${out}got ${said}`);
  if (err !== undefined) check(program.err.includes(err), `expected on stderr ${err}: ${said}`);
  return program;
}

async function until(condition, what, ms = LIMIT_MS) {
  for (let waited = 0; !condition(); waited += 5) {
    check(waited < ms, `${what} within ${ms} ms`);
    await pause(5);
  }
}

/** CPU time of a process in ms, with its threads. */
function cpuMs(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** What a shell does before it becomes the program. */
const inShell = (what) => ['sh', '-c', `${what}; exec "$@"`, 'sh'];

const LINES = 'one\ntwo\nthree\n';

const cases = {
  // ---- Standard input: pitfall 29
  'stdin comes slowly': () => run('cat', [], ['one\n', 80, 'two\n', 80, 'three\n'], { out: LINES }),
  'stdin comes in bursts': async () => {
    const burst = 'x'.repeat(300_000);
    await run('cat', [], [burst, 50, burst, 50, burst], { out: burst.repeat(3) });
  },
  'stdin is closed at once': () => run('cat', [], [], { out: '' }),
  'stdin ends inside a line': () =>
    run('jsonl', ['a=1'], ['{"a":1}\n', 30, '{"a":1'], {
      out: '{"a":1}\n',
      err: '1 lines are not objects',
      code: 1,
    }),
  'stdin is a file': async () => {
    fs.writeFileSync('in', LINES);
    await run('cat', [], null, { stdin: fs.openSync('in'), out: LINES });
  },
  'stdin is the null device': () => run('cat', [], null, { stdin: 'ignore', out: '' }),
  'stdin is closed by the shell': () => run('cat', [], null, { wrap: inShell('exec <&-'), out: '' }),
  // ---- Standard output and error
  'stdout and stderr are files': async () => {
    const [out, err] = ['out', 'err'].map((name) => fs.openSync(name, 'w'));
    await run('jsonl', ['a=1'], '{"a":1}\nx\n', { stdout: out, stderr: err, code: 1 });
    check(fs.readFileSync('out', 'utf8') === '{"a":1}\n', 'another output');
    check(fs.readFileSync('err', 'utf8') === 'jsonl: 1 lines are not objects\n', 'another report');
  },
  'stdout and stderr are the null device': () =>
    run('jsonl', ['a=1'], '{"a":1}\nx\n', { stdout: 'ignore', stderr: 'ignore', code: 1 }),
  'stdout is closed by the shell': () =>
    // then it is the null device, on every host
    run('cat', [], 'one\n', { wrap: inShell('exec >&-'), out: '' }),
  'stderr is closed by the shell': () =>
    run('jsonl', ['a=1'], '{"a":1}\nx\n', { wrap: inShell('exec 2>&-'), out: '{"a":1}\n', code: 1 }),
  'stdin is a terminal': () =>
    run('cat', [], null, {
      wrap: ['sh', '-c', `printf 'one\\ntwo\\n' | script -qec "$(printf '%s ' "$@")" /dev/null`, 'sh'],
      stdin: 'ignore',
    }).then((program) => check(program.out.includes('two'), program.out)),
  'a hundred megabytes pass through': async () => {
    const piece = Buffer.alloc(1 << 20, 'rouse ');
    const expected = createHash('sha256');
    const program = start('cat');
    for (let i = 0; i < 100; i++) {
      expected.update(piece);
      if (!program.child.stdin.write(piece)) await new Promise((drained) => program.child.stdin.once('drain', drained));
    }
    program.child.stdin.end();
    check((await program.ended) === 0, program.err);
    check(program.bytes === 100 << 20, `${program.bytes} bytes`);
    check(program.hash.digest('hex') === expected.digest('hex'), 'other bytes');
  },

  // ---- Several things at once: pitfalls 26, 28, 30
  'a timer fires beside a silent stdin': async () => {
    const program = start('jobs', ['4', '200']);
    program.child.stdin.write('sleep 50\nsleep 3600000\n');
    await until(() => program.out.includes('sleep 50: slept'), 'the first job');
    await until(() => program.out.includes('sleep 3600000: the time allowed has passed'), 'the limit');
    program.child.stdin.end();
    check((await program.ended) === 1, program.err);
    check(program.out.endsWith('2 jobs, 1 failed\n'), program.out);
  },
  'waiting costs nothing': async () => {
    const program = start('cat');
    program.child.stdin.write('one\n');
    await until(() => program.out === 'one\n', 'the first line');
    await pause(100);
    const before = cpuMs(program.child.pid);
    await pause(700);
    const used = cpuMs(program.child.pid) - before;
    check(used <= 100, `${used} ms of CPU in 700 ms`);
    program.child.stdin.end();
    check((await program.ended) === 0, program.err);
  },
  // pitfall 47
  'a task that never rests delays no timer and no stdin': async () => {
    const program = start('busy');
    await until(() => program.out === 'the timer fired\n', 'the timer');
    await pause(50);
    program.child.stdin.write('one\n');
    check((await program.ended) === 0 && program.out.endsWith('\nread one\n'), `${program.out}${program.err}`);
  },
  'jobs run side by side and the late are cut off': () => {
    fs.writeFileSync('three', LINES);
    return run('jobs', ['8', '1500'], 'sleep 700\nsleep 10\ncount three\nsleep 3600000\nnonsense\ncount none\n', {
      code: 1,
    }).then(({ out }) => {
      const lines = out.trimEnd().split('\n');
      const expected = [
        'job 1: sleep 700: slept',
        'job 2: sleep 10: slept',
        'job 3: count three: 3 lines',
        'job 4: sleep 3600000: the time allowed has passed',
        'job 5: nonsense: no such job',
        'job 6: count none: none: no such file or folder',
        '6 jobs, 3 failed',
      ];
      check([...lines].sort().join() === [...expected].sort().join(), out);
      const place = (n) => lines.indexOf(expected[n - 1]);
      check(place(2) < place(1) && place(1) < place(4) && place(7) === 6, out);
    });
  },

  'the readme says what happens': async () => {
    const text = fs.readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, input, args, out] = /^\$ printf '(.*)' \| wasmtime run jobs\.wasm (.*)\n([^`]*)```/m.exec(text);
    const program = await run('jobs', args.split(' '), input.replaceAll('\\n', '\n'), { code: 1 });
    const sorted = (text) => text.split('\n').sort().join('\n'); // on a loaded machine they may end in another order
    check(sorted(program.out) === sorted(out), `expected\n${out}got ${program.out}`);
  },

  // ---- What goes wrong
  'arguments that mean nothing are refused': async () => {
    for (const args of [['0'], ['4', 'soon']]) await run('jobs', args, '', { code: 1, out: '', err: 'usage: jobs' });
    for (const port of ['', '80x', '-1', '65536'])
      await run('echo', ['127.0.0.1', port], '', { code: 1, out: '', err: 'is not a port: 0 to 65535' });
    await run('echo', ['127.0.0.1'], '', { code: 1, out: '', err: 'usage: echo' });
  },
  'nobody reads any more': async () => {
    const program = start('cat');
    const piece = Buffer.alloc(1 << 16, 'y');
    const feed = setInterval(() => program.child.stdin.write(piece), 2);
    await until(() => program.bytes > 0, 'the first bytes');
    program.child.stdout.destroy();
    const code = await program.ended;
    clearInterval(feed);
    check(code === 1, `exit ${code}: ${program.err}`);
    check(program.err.includes('ROUSE_ERR_CLOSED'), program.err);
  },
  'the device is full': () =>
    run('cat', [], 'one\n', {
      stdout: fs.openSync('/dev/full', 'w'),
      code: 1,
      err: 'ROUSE_ERR_NO_SPACE',
    }),
  'a file is not there': () => {
    fs.writeFileSync('in', LINES);
    return run('cat', ['none', 'in'], null, {
      out: LINES,
      err: 'cat: none: no such file or folder',
      code: 1,
    });
  },
  'a file is a folder': () => {
    fs.mkdirSync('d');
    return run('cat', ['d'], null, { out: '', err: 'cat: d: it is a folder', code: 1 });
  },
  'a file is outside': () =>
    native ? undefined : run('cat', ['/etc/hostname'], null, { out: '', err: 'cat: /etc/hostname: ', code: 1 }),
  'there are too many open files': async () => {
    // an engine needs some for itself
    fs.writeFileSync('in', LINES);
    const failure = onWasmtime ? 'the device failed' : 'too many open files'; // docs/hosts.md
    await run('many', ['open', 'in'], null, {
      wrap: inShell('ulimit -n 100'),
      out: `many: ${failure}\nopened again\n`,
    });
  },
  'the disk is full': async () => {
    // for files over 64 blocks
    const wrap = inShell("trap '' XFSZ; ulimit -f 64");
    await run('cat', ['-o', 'copy'], ['x'.repeat(20_000), 30, 'y'.repeat(50_000)], {
      wrap,
      code: 1,
      err: 'ROUSE_ERR_NO_SPACE',
    });
    const copy = fs.readFileSync('copy', 'latin1');
    check(copy.startsWith('x'.repeat(20_000)), `${copy.length} bytes: what was acknowledged is not all there`);
  },
  'a folder has ten thousand entries': async () => {
    fs.mkdirSync('d');
    for (let i = 0; i < 10_000; i++) fs.closeSync(fs.openSync(`d/${i}`, 'w'));
    await run('many', ['list', 'd'], null, { out: '10000 names, sum 49995000\n' });
  },

  // ---- Sockets
  'an echo server has several clients': async () => {
    if (!native) {
      const options = { code: 1, out: '', err: 'ROUSE_ERR_NOT_SUPPORTED' };
      const { err } = await run('echo', ['-l', '127.0.0.1', '0'], 'x', options);
      check(err.includes('127.0.0.1, port 0: sockets need WASI 0.3'), err);
      return run('echo', ['127.0.0.1', '9'], 'x', { ...options, err: '127.0.0.1, port 9: sockets need WASI 0.3' });
    }
    const server = start('echo', ['-l', '127.0.0.1', '0']);
    await until(() => server.out.endsWith('\n'), 'the port');
    const [port] = /\d+/.exec(server.out);
    const slow = start('echo', ['127.0.0.1', port]);
    slow.child.stdin.write('one\n');
    await until(() => slow.out === 'one\n', 'an answer');
    const long = 'two'.repeat(300_000);
    await run('echo', ['127.0.0.1', port], [long, 30, 'three'], { out: `${long}three` });
    slow.child.stdin.end('four\n');
    check((await slow.ended) === 0 && slow.out === 'one\nfour\n', `${slow.out}${slow.err}`);
    await run('echo', ['-l', '127.0.0.1', port], [], { code: 1, err: `port ${port}: Address already in use` });
    server.child.kill('SIGINT');
    check((await server.ended) === 130, server.err);
    await run('echo', ['127.0.0.1', port], [], { code: 1, err: `port ${port}: Connection refused` });
  },
  'silent clients and too many files do not end an echo server': async () => {
    if (!native) return run('echo', ['127.0.0.1', '9'], 'x', { code: 1, err: 'sockets need WASI 0.3' });
    const server = start('echo', ['-l', '-t', '500', '127.0.0.1', '0'], { wrap: inShell('ulimit -n 60') });
    await until(() => server.out.endsWith('\n'), 'the port');
    const [port] = /\d+/.exec(server.out);
    const silent = Array.from({ length: 150 }, () => net.connect(Number(port), '127.0.0.1').on('error', () => {}));
    await until(() => server.err.includes('no client for now: too many open files'), 'too many files');
    await run('echo', ['127.0.0.1', port], 'here', { out: 'here' });
    check(server.err.includes('a client left: the time allowed has passed'), server.err);
    silent.forEach((socket) => socket.destroy());
    server.child.kill('SIGINT');
    check((await server.ended) === 130, server.err);
  },

  // ---- Files
  'what is copied is also in the file': async () => {
    await run('cat', ['-o', 'copy'], ['one\ntwo\n', 30, 'three\n'], { out: LINES });
    check(fs.readFileSync('copy', 'utf8') === LINES, 'another copy');
  },
  'progress is said beside the copying': async () => {
    const program = start('cat', ['-p']);
    program.child.stdin.write('one\n');
    await until(() => /\r4 bytes.*\r4 bytes/.test(program.err), 'progress twice');
    program.child.stdin.end('two\n');
    check((await program.ended) === 0 && program.err.endsWith('\r8 bytes\n'), program.err);
  },
  'many files are searched in order': async () => {
    let out = '';
    const names = Array.from({ length: 200 }, (_, i) => `f${i}`);
    names.forEach((name, i) => {
      fs.writeFileSync(name, 'nothing\n'.repeat(i) + (i % 3 ? '' : 'a needle here\n') + 'end');
      if (i % 3 === 0) out += `${name}:${i + 1}:a needle here\n`;
    });
    await run('grep', ['needle', ...names], null, { out });
    await run('grep', ['needle', 'f1', 'none'], null, { out: '', code: 2, err: 'grep: none: no such' });
    await run('grep', ['absent', 'f1'], null, { out: '', code: 1 });
  },
  'a growing file is followed and a short one begun again': async () => {
    fs.writeFileSync('log', 'one\ntw');
    for (const args of [[], ['log', '-1'], ['log', '1', '0']])
      await run('follow', args, '', { code: 1, out: '', err: 'usage: follow' });
    const program = start('follow', ['log', '4', '20']);
    await until(() => program.out === 'one\n', 'the first line');
    fs.appendFileSync('log', 'o\nthree\n');
    await until(() => program.out === LINES, 'what was appended');
    fs.writeFileSync('log', 'x\n');
    const code = await program.ended;
    check(code === 0, `exit ${code}: ${program.out}${program.err}`);
    check(program.out === `${LINES}x\n`, program.out);
    check(program.err === 'follow: log became shorter\n', program.err);
  },
  'a line passes the filter before the next one comes': async () => {
    const program = start('jsonl', ['a=1']);
    program.child.stdin.write('{"a":1,"n":1}\n{"a":2}\n{"a":1,"n":2}\n{"a"');
    await until(() => program.out === '{"a":1,"n":1}\n{"a":1,"n":2}\n', 'two lines');
    program.child.stdin.end(':1}\n');
    check((await program.ended) === 0 && program.out.endsWith('\n{"a":1}\n'), program.out);
  },
  'lines of JSON are filtered': () =>
    run(
      'jsonl',
      ['level=error'],
      '{"level":"error","n":1}\n{"level":"info"}\n\nnonsense\n{"a":{"level":"error"},"b":[1,"}"]}\n' +
        '{ "x" : "\\"" , "level" : "error" }\n',
      {
        out: '{"level":"error","n":1}\n{ "x" : "\\"" , "level" : "error" }\n',
        code: 1,
        err: '1 lines are not objects',
      },
    ),
};

/** A JavaScript host has stdin and stdout, and no files (docs/hosts.md). */
const NEEDS_FILES = [
  'jobs run side by side and the late are cut off',
  'a file is not there',
  'a file is a folder',
  'a file is outside',
  'what is copied is also in the file',
  'there are too many open files',
  'the disk is full',
  'a folder has ten thousand entries',
  'many files are searched in order',
  'a growing file is followed and a short one begun again',
];
/** There a sink that throws is the end of the program, with the error of the engine. */
const NO_SINK_FAILS = ['nobody reads any more', 'the device is full'];

if (folder === '--list') {
  console.log(Object.keys(cases).join('\n'));
} else if (onJavaScript && [...NEEDS_FILES, ...NO_SINK_FAILS].includes(only)) {
  console.log('not on a JavaScript host');
} else {
  check(cases[only], `no such case: ${only}`);
  const place = fs.mkdtempSync(join(tmpdir(), 'rouse-drive-'));
  process.chdir(place);
  try {
    await cases[only]();
  } finally {
    fs.rmSync(place, { recursive: true });
  }
}
