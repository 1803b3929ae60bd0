// What must compile does; what must not does not.
import {
  future,
  join,
  load,
  race,
  run,
  scope,
  select,
  sleep,
  spawn,
  RouseError,
  type Future,
  type Selected,
  type Task,
} from 'rouse';
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

// The index of the arm that won tells the type of its value.
const wanted: boolean = used.length > 1;
const won = await select([double(1), Promise.resolve('text'), wanted && sleep(1)]);
if (won.index === 0) won.value satisfies number;
else if (won.index === 1) won.value satisfies string;
else won.value satisfies void;
won.losers satisfies (Future<number> | Future<void> | Promise<string>)[];
const list: Future<number>[] = [double(1), double(2)];
const first: Selected<Future<number>[]> = await select(list, { fair: true });
first.losers.forEach((loser) => loser.drop());
export const place: 0 | 1 = (await select(double(1), sleep(1))).index;

export const scoped: number = await scope(
  function* (s) {
    yield* s.room(2);
    const child: Task<number> = s.spawn(double(1), { name: 'child', signal: s.signal });
    s.defer(async () => {}, 1000);
    return yield* child;
  },
  { supervise: true },
);

// @ts-expect-error: there is no third arm
(await select(double(1), sleep(1))).index === 2;
// @ts-expect-error: the value of another arm
if (won.index === 0) won.value satisfies string;
// @ts-expect-error: no such way to treat tasks
scope(function* () {}, { failFast: true });
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
