const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

async function upload(id) {
  await sleep(10);
  console.log(`upload ${id}: connected`);
  await sleep(20);
  console.log(`upload ${id}: done`);
}

async function app() {
  // No language feature tells its size.
  await Promise.all([upload(1), upload(2)]);
}

await app();
