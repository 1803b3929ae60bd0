const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { future, load, sleep } = require('rouse');

const greet = future(function* (name) {
    yield* sleep(10);
    return `hello, ${name}`;
});

async function main() {
    console.log(await greet('JavaScript'));
    const app = await load(pathToFileURL(join(__dirname, 'app.wasm')));
    console.log(await app.greet('C'));
}
main();
