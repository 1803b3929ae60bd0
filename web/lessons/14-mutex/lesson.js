const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

let balance = 0;

async function deposit(name) {
  const read = balance;
  await sleep(20);
  balance = read + 10;
  console.log(`${name}: balance ${balance}`);
}

async function app() {
  const both = [deposit("a"), deposit("b")];
  await Promise.all(both);
}

await app();
