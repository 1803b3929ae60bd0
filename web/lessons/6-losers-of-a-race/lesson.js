const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function work(name, ms) {
  console.log(`${name}: begins`);
  await sleep(ms);
  console.log(`${name}: done`);
}

async function app() {
  const fast = work("fast", 20);
  const slow = work("slow", 60);
  await Promise.race([fast, slow]);
  console.log("app: has a winner");
  await sleep(60);
  console.log("app: ends");
}

await app();
