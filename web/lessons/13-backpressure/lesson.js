const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

const queue = []; // of what was not used yet

function producer(emit) {
  for (let part = 1; part <= 4; part++) {
    emit(part);
    const wait = queue.length;
    console.log(`sent ${part}, ${wait} wait`);
  }
}

async function app() {
  producer((part) => queue.push(part));
  while (queue.length > 0) {
    const part = queue.shift();
    await sleep(50);
    console.log(`used ${part}`);
  }
}

await app();
