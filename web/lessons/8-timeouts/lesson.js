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
    //@ lesson twist2
    const task = work("work", 100);
    //@ twist
    const task = work("work", 20);
    //@ lesson twist
    await Promise.race([task, limit(50)]);
    //@ twist2
    const inner = [task, limit(80)];
    await Promise.race([
      Promise.race(inner),
      limit(50),
    ]);
    //@ all
    console.log("app: in time");
  } catch {
    console.log("app: too late");
  }
}

await app();
