import { load } from "rouse";

// Answers at once, and twice.
function fetchText(url) {
  console.log(`JS: fetches ${url}`);
  return new Promise((done) => {
    done("hello");
    done("good morning");
  });
}

const app = await load("lesson.wasm", {
  imports: { fetchText },
});

// Run at once, as a promise would.
const a = app.spawn(app.measure("/a"));
const b = app.spawn(app.measure("/b"));
console.log("JS: spawned");
console.log(`JS: ${await a} and ${await b}`);
