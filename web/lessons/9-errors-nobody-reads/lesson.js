const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function save() {
  await sleep(20);
  console.log("save: no room left");
  throw new Error("full");
}

async function app() {
  //@ lesson
  // Nobody will ask how it ended.
  save();
  //@ twist
  const task = save();
  //@ all
  await sleep(50);
  //@ lesson
  console.log("app: all is well");
  //@ twist
  try {
    await task; // asked late, but asked
  } catch (error) {
    console.log(`app: ${error.message}`);
  }
  //@ all
}

await app();
