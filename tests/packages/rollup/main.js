import { future, load, sleep } from 'rouse/inline';

const greet = future(function* (name) {
  yield* sleep(10);
  return `hello, ${name}`;
});
document.title = await greet('JavaScript');

const app = await load('app.wasm');
document.title += `, ${await app.greet('C')}`;
