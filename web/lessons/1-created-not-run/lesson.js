const reply = 20;
const later = 2 * reply;

function sleep(ms) {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

async function fetchUser(id) {
  console.log(`start ${id}`);
  await sleep(reply);
  console.log(`user ${id} is here`);
}

async function app() {
  // Called, and not awaited.
  fetchUser(7);
  console.log("created");
  await sleep(later);
  console.log("done");
}

await app();
