// states-view.ts: a C async function as the state machine that the compiler makes of it, with a state for each await.
// The states come from the source, the edges between them from the recording.
import { make, svg } from '../dom/elements.js';
import type { Moment } from '../story/moment.js';
import type { Recording } from '../story/recording.js';
import type { Actor } from '../story/replay.js';
import { mapSource } from '../story/source-map.js';

interface State {
  /** The lines of its await; 0 for the start, Infinity for the end. */
  from: number;
  to: number;
  text: string;
}

const WAITS = /\bROUSE_(?:\w*AWAIT\w*|YIELD\w*|EMIT\w*|EACH\w*|JOIN\w*)\b/;
const WIDTH = 290;
const HEIGHT = 34;
const GAP = 26;

/** Start, every await of the body, end. */
export function statesOf(source: string, type: string): State[] {
  const body = mapSource(source).body(type);
  if (!body) return [];
  const lines = source.split('\n');
  const states: State[] = [{ from: 0, to: 0, text: 'start' }];
  for (let i = body[0]; i < body[1] - 1; i++) {
    if (!WAITS.test(lines[i]!)) continue;
    const from = i;
    let depth = 0;
    do for (const char of lines[i]!) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    while (depth > 0 && i++ < body[1]);
    const text = lines
      .slice(from, i + 1)
      .map((line) => line.trim())
      .join(' ')
      .replace('( ', '(');
    states.push({ from: from + 1, to: i + 1, text });
  }
  return [...states, { from: Infinity, to: Infinity, text: 'end' }];
}

/** The states that an actor has been in, in order. */
export function pathOf(states: readonly State[], moments: readonly Moment[], id: number): number[] {
  const path: number[] = [];
  for (const { side, actor, what, at, fate } of moments) {
    if (side !== 'c' || actor !== id) continue;
    const index = states.findIndex(({ from, to }) => at !== undefined && at >= from && at <= to);
    if (what === 'run' && path.length === 0) path.push(0);
    if (what === 'pause' && index > 0) path.push(index);
    if (fate === 'done' || fate === 'failed') path.push(states.length - 1);
  }
  return path;
}

const cut = (text: string) => (text.length > 34 ? `${text.slice(0, 33)}…` : text);
const yOf = (index: number) => 6 + index * (HEIGHT + GAP);

const linesOf = ({ from, to }: State) => (from === to ? `line ${from}` : `lines ${from} to ${to}`);

function drawState(state: State, index: number, kind: string): SVGElement {
  const { from, text } = state;
  const group = svg('g', { class: `state ${kind}` });
  group.append(svg('rect', { x: 4, y: yOf(index), width: WIDTH - 40, height: HEIGHT, rx: 8 }));
  const isAwait = from > 0 && from < Infinity;
  const label = svg('text', { x: 14, y: yOf(index) + (isAwait ? 14 : 21), class: isAwait ? 'line-number' : 'name' });
  label.textContent = isAwait ? linesOf(state) : text;
  group.append(label);
  if (isAwait) {
    const name = svg('text', { x: 14, y: yOf(index) + 27, class: 'code-text' });
    name.textContent = cut(text);
    group.append(name);
  }
  return group;
}

/** An edge to the next state is a straight line; any other goes around on the right. */
function drawEdge(from: number, to: number, kind: string): SVGElement {
  const x = WIDTH / 2 - 16;
  const right = WIDTH - 36;
  const [y1, y2] = [yOf(from) + HEIGHT, yOf(to)];
  const [side1, side2] = [y1 - HEIGHT / 2, y2 + HEIGHT / 2];
  const isNext = to === from + 1;
  const d = isNext
    ? `M${x} ${y1}V${y2}`
    : `M${right} ${side1}C${right + 42} ${side1} ${right + 42} ${side2} ${right} ${side2}`;
  const tip = isNext ? `M${x} ${y2}l-4 -7h8z` : `M${right} ${y2 + HEIGHT / 2}l7 -4v8z`;
  const group = svg('g', { class: `edge ${kind}` });
  group.append(svg('path', { class: 'way', d }), svg('path', { class: 'tip', d: tip }));
  return group;
}

const WHERE: Record<Actor['state'], string> = {
  made: 'It was made but not polled yet: it is only a struct, in no state.',
  running: 'It is running, from the highlighted state to the next.',
  waiting: 'It waits in the highlighted state, and uses no stack.',
  done: 'It is done.',
  failed: 'It failed: it went from an await straight to the end.',
  dropped: 'It was dropped in the highlighted state, and will never leave it.',
  unpolled: 'It was dropped before its first poll: it was never in any state.',
};

export function drawMachine(
  into: HTMLElement,
  { c, moments }: Recording,
  actor: Actor | undefined,
  step: number,
): void {
  const states = actor ? statesOf(c, actor.name.split(' ')[0]!) : [];
  if (!actor) return into.replaceChildren(make('p', 'none', 'No future has been made yet.'));
  if (states.length === 0)
    return into.replaceChildren(
      make('p', 'none', `${actor.name} is a future of the library: its states are not in this source.`),
    );
  const path = pathOf(states, moments.slice(0, step), actor.id);
  const whole = pathOf(states, moments, actor.id);
  const pairs = (list: number[]) => new Set(list.slice(1).map((to, i) => `${list[i]},${to}`));
  const taken = pairs(path);
  const ways = new Set([...states.slice(1).map((_, i) => `${i},${i + 1}`), ...pairs(whole)]);
  const now = path.at(-1);
  const height = yOf(states.length - 1) + HEIGHT + 6;
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${height}`, width: '100%', class: 'machine', role: 'img' });
  const where = WHERE[actor.state];
  const stand =
    now === undefined ? '' : ` Now: ${now > 0 && now < states.length - 1 ? linesOf(states[now]!) : states[now]!.text}.`;
  picture.setAttribute('aria-label', `${actor.name}: ${states.length} states.${stand}`);
  for (const way of ways) {
    const [from, to] = way.split(',').map(Number) as [number, number];
    picture.append(drawEdge(from, to, taken.has(way) ? 'taken' : 'never'));
  }
  states.forEach((state, i) =>
    picture.append(drawState(state, i, i === now ? 'now' : path.includes(i) ? 'seen' : 'never')),
  );
  into.replaceChildren(
    make('p', 'where', make('b', '', actor.name), ` ${where}${stand}`),
    picture as unknown as HTMLElement,
  );
}
