function sleep(ms, signal) {
  return new Promise((done, fail) => {
    const id = setTimeout(done, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(id);
      fail(new Error("aborted"));
    });
  });
}

async function image(signal) {
  try {
    await sleep(100, signal);
    console.log("image: is here");
  } finally {
    console.log("image: cleans up");
  }
}

async function page(signal) {
  try {
    //@ lesson
    await image(signal);
    //@ twist
    await image(); // forgotten
    //@ all
    console.log("page: is drawn");
  } finally {
    console.log("page: cleans up");
  }
}

async function app() {
  const control = new AbortController();
  const task = page(control.signal);
  await sleep(30);
  console.log("app: never mind");
  control.abort();
  await task.catch(() => {});
}

await app();
