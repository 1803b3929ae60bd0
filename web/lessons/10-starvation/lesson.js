const rounds = 300;
let done = 0;

async function busy() {
  while (done < rounds) {
    // An await that never has to wait.
    await null;
    done++;
  }
  console.log("busy: done");
}

function screen() {
  console.log(`screen: ${done} of ${rounds}`);
}

setTimeout(screen, 0);
await busy();
