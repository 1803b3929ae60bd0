const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

let ring;
const bell = new Promise((done) => {
  ring = done; // kept, to be called later
});

async function guest() {
  await bell;
  console.log("guest: comes in");
}

async function app() {
  const task = guest();
  await sleep(100);
  console.log("app: rings");
  ring();
  await task;
}

await app();
