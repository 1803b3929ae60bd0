const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function work(name, ms) {
  console.log(`${name}: begins`);
  await sleep(ms);
  console.log(`${name}: done`);
}

async function app() {
  const a = work("a", 100);
  const b = work("b", 100);
  await a;
  await b;
  console.log("both");
}

await app();
