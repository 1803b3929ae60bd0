import { future, load, sleep } from 'rouse';

const greet = future(function* (name) {
  yield* sleep(10);
  return `hello, ${name}`;
});
console.log(await greet('JavaScript'));

const app = await load(new URL('./app.wasm', import.meta.url));
console.log(await app.greet('C'));
