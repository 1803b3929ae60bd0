const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function reader() {
  const buffer = [];
  await sleep(20);
  buffer.push("A");
  console.log(`reader: got ${buffer}`);
}

async function app() {
  const here = reader();
  console.log("app: called it");
  const there = here; // one more name
  console.log("app: moved it?");
  await there;
}

await app();
