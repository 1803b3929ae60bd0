const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function work(name, ms) {
  console.log(`${name}: begins`);
  await sleep(ms);
  console.log(`${name}: done`);
}

async function limit(ms) {
  await sleep(ms);
  throw new Error("too late");
}

async function app() {
  try {
    const task = work("work", 100);
    const inner = [task, limit(80)];
    await Promise.race([
      Promise.race(inner),
      limit(50),
    ]);
    console.log("app: in time");
  } catch {
    console.log("app: too late");
  }
}

await app();
