// `npm run test:long [-- MINUTES]`: the models with other seeds and many more operations than `npm test` has time
// for, natively and with the sanitizers, until the time (10 minutes) is over. A failure says how to repeat it.
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { build } from './cmake.mjs';
import { run } from './process.mjs';

const OPS = 1_000_000;
const presets = ['native-debug', 'native-hostile'];
const end = Date.now() + 60_000 * Number(process.argv[2] ?? 10);
let failed = 0;
let ran = 0;

/** The models of a preset, each with the command that runs it. */
async function modelsOf(preset) {
  const { output } = await run('ctest', ['--preset', preset, '--show-only=json-v1', '-R', '^model\\.']);
  return JSON.parse(output).tests.map(({ command }) => ({ preset, command }));
}

async function runModel({ preset, command: [program, ...args] }, seed) {
  args.push('--ops', String(OPS), '--seed', String(seed));
  const { code, output } = await run(program, args);
  console.log(`${preset}: ${basename(program)} ${args.join(' ')}: ${code === 0 ? 'ok' : `exit ${code}\n${output}`}`);
  failed += code === 0 ? 0 : 1;
  ran++;
}

/** Each model with seed after seed; every lane takes the next. */
async function runAll(models) {
  let next = 0;
  const lane = async () => {
    while (next < models.length || Date.now() < end) {
      const seed = 2 + Math.floor(next / models.length);
      await runModel(models[next++ % models.length], seed);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}

for (const preset of presets) await build(preset);
await runAll((await Promise.all(presets.map(modelsOf))).flat());
console.log(`${ran} runs, ${failed} failed`);
process.exitCode = ran > 0 && failed === 0 ? 0 : 1;
