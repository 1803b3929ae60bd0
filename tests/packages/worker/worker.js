import { future, load, sleep } from './node_modules/rouse/dist/index.js';

const greet = future(function* (name) {
  yield* sleep(10);
  return `hello, ${name}`;
});
const first = await greet('JavaScript');

const app = await load('app.wasm');
postMessage(`${first}, ${await app.greet('C')}`);
