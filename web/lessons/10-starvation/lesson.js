const rounds = 300;
let done = 0;

//@ twist
const turn = () =>
  new Promise((next) => setTimeout(next, 0));

//@ all
async function busy() {
  while (done < rounds) {
    //@ lesson
    // An await that never has to wait.
    //@ twist
    // Lets others in, every 128 rounds.
    if (done % 128 === 127) await turn();
    //@ all
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
