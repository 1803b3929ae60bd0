async function sub() {
  console.log(">>sub");
}

async function work() {
  console.log(">start");
  await sub();
  console.log(">end");
}

async function app() {
  console.log("before");
  const promise = work(); // it runs now
  console.log("created");
  await promise;
  console.log("awaited");
}

await app();
