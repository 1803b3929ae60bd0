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
  await work();
  console.log("created");
  console.log("awaited");
}

await app();
