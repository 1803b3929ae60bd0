// Just enough of Jest for a page: `expect` and mocks are Jest's own; what runs the tests is here, in their
// order, one after the other. tests/browser/jest.mjs bundles it, and the page calls `runAll`.
import { expect } from 'expect';
import { ModuleMocker } from 'jest-mock';

const mocker = new ModuleMocker(globalThis);
export const jest = Object.fromEntries(
  ['fn', 'spyOn', 'restoreAllMocks'].map((name) => [name, mocker[name].bind(mocker)]),
);
export { expect };

const TIMEOUT_MS = 120_000;

function makeSuite(name, parent) {
  return { name, parent, entries: [], beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
}
const top = makeSuite('');
let current = top;

export function describe(name, body) {
  const suite = makeSuite(name, current);
  current.entries.push(suite);
  current = suite;
  body();
  current = suite.parent;
}

/** `%s` and its kin, each for the next argument. */
const titleOf = (name, values) => name.replace(/%[sdpj]/g, () => String(values.shift()));

const each = (make) => (rows) => (name, body) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    make(titleOf(name, [...values]), () => body(...values));
  }
};

export const test = (name, body, timeout = TIMEOUT_MS) => current.entries.push({ name, body, timeout });
test.skip = (name) => current.entries.push({ name, isSkipped: true });
test.each = each(test);
describe.each = each(describe);

const hook = (kind) => (body) => current[kind].push(body);
export const beforeAll = hook('beforeAll');
export const beforeEach = hook('beforeEach');
export const afterEach = hook('afterEach');
export const afterAll = hook('afterAll');

function inTime(promise, ms) {
  let alarm;
  const late = new Promise((_, reject) => {
    alarm = setTimeout(() => reject(new Error(`took longer than ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(alarm));
}

async function runTest({ name, body, timeout, isSkipped }, suites, report) {
  const path = [...suites.map((suite) => suite.name), name].filter(Boolean).join(' > ');
  if (isSkipped) return report({ path, skipped: true });
  try {
    for (const suite of suites) for (const run of suite.beforeEach) await run();
    await inTime(Promise.resolve(body()), timeout);
    await report({ path });
  } catch (error) {
    await report({ path, error: `${error}\n${error?.stack}` });
  }
  for (const suite of [...suites].reverse()) for (const run of suite.afterEach) await run();
}

async function runSuite(suite, outer, report) {
  const suites = [...outer, suite];
  for (const run of suite.beforeAll) await run();
  for (const entry of suite.entries)
    await (!entry.entries ? runTest(entry, suites, report) : runSuite(entry, suites, report));
  for (const run of suite.afterAll) await run();
}

/** Runs what the file has declared; `report` gets each test's path, and its error if it failed. */
export const runAll = (report) => runSuite(top, [], report);
