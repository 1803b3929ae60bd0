// fold-loops.ts: of a loop that repeats itself, only the first two rounds and the last are told; between them stands
// how many were left out. Every view stays true: the left-out part begins and ends in the same state.
import type { Moment } from './moment.js';

const LONGEST = 8; // moments in a round
const LEAST = 8; // rounds worth folding
const BEFORE = 2; // rounds that are told before the rest is only counted

const sign = ({ what, t, text, lines, fate }: Moment) => `${what} ${t} ${fate ?? ''} ${lines?.[0] ?? ''} ${text}`;

/** How many rounds of `length` moments follow one another from `at` on. */
function roundsAt(signs: readonly string[], at: number, length: number): number {
  let end = at + length;
  while (end < signs.length && signs[end] === signs[end - length]) end++;
  return Math.floor((end - at) / length);
}

/** How often each actor ran that was there before. */
function runsIn(moments: readonly Moment[]): [actor: number, runs: number][] {
  const born = new Set(moments.flatMap(({ born, actor }) => (born ? [actor] : [])));
  const runs = new Map<number, number>();
  for (const { what, actor } of moments)
    if (what === 'run' && actor !== undefined && !born.has(actor)) runs.set(actor, (runs.get(actor) ?? 0) + 1);
  return [...runs];
}

/** Folds the moments of one side. */
export function fold(moments: Moment[]): Moment[] {
  // What prints is never left out.
  const signs = moments.map((moment, i) => (moment.printed === undefined ? sign(moment) : `print ${i}`));
  const folded: Moment[] = [];
  for (let at = 0; at < moments.length;) {
    let [length, rounds] = [1, 1];
    for (let tried = 1; tried <= LONGEST && rounds < LEAST; tried++)
      [length, rounds] = [tried, roundsAt(signs, at, tried)];
    if (rounds < LEAST) {
      folded.push(moments[at++]!);
      continue;
    }
    const [from, to, end] = [BEFORE, rounds - 1, rounds].map((round) => at + round * length) as [
      number,
      number,
      number,
    ];
    const { side, t, lines } = moments[to]!;
    const text = `The same ${rounds - BEFORE - 1} more times.`;
    const again = runsIn(moments.slice(from, to));
    folded.push(...moments.slice(at, from), { side, t, what: 'note', text, again, ...(lines ? { lines } : {}) });
    folded.push(...moments.slice(to, end));
    at = end;
  }
  return folded;
}
