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
  //@ lesson
  const promise = work(); // it runs now
  //@ twist
  await work();
  //@ all
  console.log("created");
  //@ lesson
  await promise;
  //@ all
  console.log("awaited");
}

await app();
