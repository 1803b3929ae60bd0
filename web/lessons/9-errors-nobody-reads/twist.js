const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function save() {
  await sleep(20);
  console.log("save: no room left");
  throw new Error("full");
}

async function app() {
  const task = save();
  await sleep(50);
  try {
    await task; // asked late, but asked
  } catch (error) {
    console.log(`app: ${error.message}`);
  }
}

await app();
