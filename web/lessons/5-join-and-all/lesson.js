const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function work(name, ms, fails) {
  await sleep(ms);
  if (fails) throw new Error("no");
  console.log(`${name}: done`);
}

async function app() {
  const a = work("a", 100, false);
  //@ lesson
  const b = work("b", 50, true);
  //@ twist
  const b = work("b", 50, false);
  //@ all
  try {
    await Promise.all([a, b]);
    console.log("app: both done");
  } catch {
    console.log("app: one failed");
  }
  await sleep(100);
  console.log("app: ends");
}

await app();
