// Bundled into one script of the old kind, for a page that is opened as a file.
import { future, load, sleep } from 'rouse/inline';

const greet = future(function* () {
  yield* sleep(1);
  return 'hello';
});

async function main() {
  const greeting = await greet();
  const why = await load('app.wasm').then(
    () => 'no error',
    ({ message }) => message,
  );
  document.title = `error: ${greeting}; ${why}`;
}
main();
