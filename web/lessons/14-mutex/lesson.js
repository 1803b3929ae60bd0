const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

let balance = 0;
//@ twist
let last = Promise.resolve();

// A job begins when the one before is over.
function locked(job) {
  last = last.then(job);
  return last;
}
//@ all

async function deposit(name) {
  const read = balance;
  await sleep(20);
  balance = read + 10;
  console.log(`${name}: balance ${balance}`);
}

async function app() {
  //@ lesson
  const both = [deposit("a"), deposit("b")];
  await Promise.all(both);
  //@ twist
  const a = locked(() => deposit("a"));
  const b = locked(() => deposit("b"));
  const c = locked(() => deposit("c"));
  // b does not wait for longer than this.
  await Promise.race([b, sleep(10)]);
  await Promise.all([a, c]);
  //@ all
}

await app();
