// Speaks like tests/support/test.c, with five tests: the second fails, the third ends the program.
const option = (name) => Number(process.argv[process.argv.indexOf(name) + 1]);
let ran = 0;
for (let i = option('--from'); i < 5; i += option('--step'), ran++) {
  console.log(`test a.${i + 1}`);
  if (i === 1) console.log('two fails');
  if (i === 2) console.log('three ends all');
  if (i === 2) process.exit(1);
  console.log(`${i === 1 ? 'not ok' : 'ok'} a.${i + 1}`);
}
console.log(`${ran} ran, 0 failed`);
