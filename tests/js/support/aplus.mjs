// node aplus.mjs KIND: runs promises-aplus-tests on one kind of thenable, and prints the counts.
import { createRequire } from 'node:module';
import { from, future, ready, spawn } from '../../../dist/index.js';

const suite = createRequire(import.meta.url)('promises-aplus-tests');
await ready();

const kinds = {
  future: (promise) => from(promise),
  task: (promise) => spawn(from(promise)),
  generator: (promise) =>
    future(function* () {
      return yield* from(promise);
    })(),
};
const wrap = kinds[process.argv[2]];

const adapter = {
  deferred() {
    const made = {};
    const promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    promise.catch(() => {}); // a test may never look at it
    made.promise = wrap(promise);
    return made;
  },
};
process.on('unhandledRejection', () => {}); // the suite rejects without looking

const failures = [];
let passed = 0;
class Reporter {
  constructor(runner) {
    runner.on('pass', () => passed++);
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}: ${error.message}`));
  }
}
suite(adapter, { reporter: Reporter, timeout: 60_000 }, () => {
  console.log(`${passed} passed, ${failures.length} failed`);
  for (const failure of failures.slice(0, 5)) console.log(failure);
  process.exit(failures.length > 0 ? 1 : 0);
});
