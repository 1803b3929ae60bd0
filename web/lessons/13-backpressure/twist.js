const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function* producer() {
  for (let part = 1; part <= 4; part++) {
    console.log(`sent ${part}`);
    yield part; // waits to be asked
  }
}

async function app() {
  for await (const part of producer()) {
    await sleep(50);
    console.log(`used ${part}`);
  }
}

await app();
