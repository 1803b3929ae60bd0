import { future, load, sleep } from 'rouse';

const greet = future(function* (name) {
  yield* sleep(10);
  return `hello, ${name}`;
});
document.title = await greet('JavaScript');

const app = await load(new URL('./app.wasm', import.meta.url));
document.title += `, ${await app.greet('C')}`;
