// `node check.mjs PRESET PROGRAM MODULE`: a module may not grow beyond its budget, and a budget that is
// far too generous is a mistake as well.
import { readFileSync, statSync } from 'node:fs';

const [preset, program, path] = process.argv.slice(2);
const lines = readFileSync(new URL('budgets.txt', import.meta.url), 'utf8').split('\n');
const line = lines.find((text) => text.startsWith(`${preset} ${program} `));
const size = statSync(path).size;
const budget = Number(line?.split(' ')[2]);
const fits = size <= budget && size > budget * 0.9;
console.log(`${preset} ${program}: ${size} bytes, budget ${budget || 'missing'}`);
if (!fits) console.log('set the budget in tests/size/budgets.txt to what you mean it to be');
process.exitCode = fits ? 0 : 1;
