// How much heap a call of `upload` takes while it waits, in the engine that builds the page. Run by the
// build with --expose-gc; what it prints fills the gaps in lesson.json.
const CALLS = 10_000;

const later = new Array(CALLS); // room of its own, which is not counted
let at = 0;
const sleep = () => new Promise((done) => (later[at++ % CALLS] = done));

async function upload(id) {
  await sleep();
  await sleep();
  return id;
}

function heap() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** The median of a few rounds: the first ones also compile. */
async function measure() {
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const calls = new Array(CALLS);
    const before = heap();
    for (let i = 0; i < CALLS; i++) calls[i] = upload(i);
    rounds.push((heap() - before) / CALLS);
    for (const step of [1, 2]) {
      for (const done of later) done(step);
      await null;
      await null;
    }
    await Promise.all(calls);
  }
  return rounds.sort((a, b) => a - b)[2];
}

console.log(JSON.stringify({ js: Math.round(await measure()), engine: `Node ${process.versions.node}` }));
