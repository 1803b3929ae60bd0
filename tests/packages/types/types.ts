// What must compile does; what must not does not.
import { future, join, load, race, run, sleep, spawn, RouseError, type Future, type Task } from 'rouse';
import { checkTrace, parseTrace } from 'rouse/trace';
import { future as inlineFuture } from 'rouse/inline';

const double = future(function* (n: number) {
  yield* sleep(1);
  return 2 * n;
});

const made: Future<number> = double(1);
const awaited: number = await made;
const [a, b]: [number, number] = await join(double(1), double(2));
const raced: number = await race(double(1), double(2));
const task: Task<number> = spawn(double(1), { signal: new AbortController().signal, name: 'double' });
const problems: number = checkTrace(parseTrace('{}')).length;
export const used = [awaited, a, b, raced, problems, inlineFuture, await run(double(3))];
task.abort('enough');

interface Exports {
  add(a: number, b: number): Future<number>;
}
const app = await load<Exports>(new URL('./app.wasm', import.meta.url), { imports: { fetchText: async () => '' } });
const sum: number = await app.add(1, 2);
const spawned: Task<number> = app.spawn(app.add(1, 2));
export const more = [sum, spawned];

// @ts-expect-error: an argument of another type
double('1');
// @ts-expect-error: too few
app.add(1);
// @ts-expect-error: no such function
app.subtract(1, 2);
// @ts-expect-error: a result of another type
export const text: string = await double(1);
// @ts-expect-error: a future is not its result
export const early: number = double(1);
// @ts-expect-error: nothing is no module
await load(undefined);
// @ts-expect-error: not a code of ours
export const isIt = new RouseError('INVALID', '').code === 'NO_SUCH_CODE';
// @ts-expect-error: time is a number
sleep('1');
