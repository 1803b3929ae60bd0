const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function save() {
  await sleep(20);
  console.log("save: no room left");
  throw new Error("full");
}

async function app() {
  // Nobody will ask how it ended.
  save();
  await sleep(50);
  console.log("app: all is well");
}

await app();
