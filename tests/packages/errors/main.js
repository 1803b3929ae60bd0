// What goes wrong in pages, each by name: index.html?name. The title says how it went.
import { future, load, ready, sleep } from './node_modules/rouse/dist/index.js';

const greet = future(function* () {
  yield* sleep(1);
  return 'hello';
});

async function greetings() {
  const app = await load('app.wasm');
  return `${await greet()}, ${await app.greet('C')}`;
}

const cases = {
  mime: greetings,
  html: () => load('page.wasm'),
  missing: () => load('missing.wasm'),
  blocked: greetings,
  /** The server answers the first request for the built-in runtime with 503. */
  async again() {
    const first = await ready().then(
      () => 'no error',
      ({ message }) => message,
    );
    return `${first}; ${await greetings()}`;
  },
  async versions() {
    const other = await import('../other/node_modules/rouse/dist/index.js');
    const theirs = other.future(function* () {
      yield* other.sleep(1);
      return 'theirs';
    });
    return `${await Promise.all([greet(), theirs()])}, ${await (await load('app.wasm')).greet('C')}`;
  },
};

cases[location.search.slice(1)]().then(
  (text) => (document.title = text),
  ({ code, message }) => (document.title = `error: ${code}: ${message}`),
);
