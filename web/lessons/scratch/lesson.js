const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function clock() {
  for (let i = 0; i < 2; i++) {
    await sleep(20);
    console.log("clock: tick");
  }
}

async function work() {
  await sleep(30);
  console.log("work: half");
  await sleep(30);
  console.log("work: done");
}

console.log("begins");
clock();
await work();
console.log("ends");
