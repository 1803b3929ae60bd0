import { load } from "rouse";

const sleep = (ms) =>
  new Promise((done) => setTimeout(done, ms));

// Called by C.
async function fetchText(url) {
  console.log(`JS: fetches ${url}`);
  await sleep(50);
  return "hello";
}

const app = await load("lesson.wasm", {
  imports: { fetchText },
});

const size = app.measure("/a"); // a C future
console.log("JS: made");
console.log(`JS: size ${await size}`);
