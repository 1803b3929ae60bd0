// now-view.ts: the state at this step: what runs, what is queued, which timers wait, which future awaits which.
import { el, patch, unsaid, type Spec } from '../dom/patch.js';
import type { Side } from '../story/moment.js';
import { actorOf, childrenOf, hasEnded, type Actor, type SideState, type State } from '../story/replay.js';

const WORDS: Record<Side, { stack: string; ready: string; tree: string }> = {
  c: { stack: 'Being polled', ready: 'Ready queue', tree: 'Futures' },
  js: { stack: 'Call stack', ready: 'Microtasks', tree: 'Async calls' },
};
const STATES: Record<Actor['state'], string> = {
  made: 'made, not polled yet',
  running: 'running',
  waiting: 'waits',
  done: 'done',
  failed: 'failed',
  dropped: 'dropped',
  unpolled: 'dropped, never polled',
};
const SIGNS: Record<Actor['state'], string> = {
  made: '◇',
  running: '▶',
  waiting: '◔',
  done: '✓',
  failed: '!',
  dropped: '✕',
  unpolled: '✕',
};

const MOST_CHIPS = 12;

function chips(title: string, names: string[]): Spec {
  const items = names.slice(0, MOST_CHIPS).map((name) => el('li', 'chip', name));
  if (names.length > MOST_CHIPS) items.push(el('li', 'none', `and ${names.length - MOST_CHIPS} more`));
  if (items.length === 0) items.push(el('li', 'none', 'empty'));
  return el('div', 'queue', el('h4', '', title), el('ol', '', ...items));
}

function timerNames(side: SideState): string[] {
  return side.actors
    .filter((actor) => actor.kind === 'timer' && !hasEnded(actor))
    .map(({ due }) => `due at ${Math.round(due ?? 0)} ms`);
}

function describe(actor: Actor): string {
  if (actor.state === 'waiting' && actor.on) return `waits for ${actor.on}`;
  return STATES[actor.state];
}

const MOST_NODES = 40;

/** The newest actors that are alive, and the last ones made: nobody can read more than that. */
function chosen({ actors }: SideState): readonly Actor[] {
  if (actors.length <= MOST_NODES) return actors;
  const alive = actors.filter((actor) => !hasEnded(actor)).slice(10 - MOST_NODES);
  const ids = new Set([...alive, ...actors.slice(-10)].map(({ id }) => id));
  const some = actors.filter(({ id }) => ids.has(id));
  return some.map((actor) => (actor.parent === undefined || ids.has(actor.parent) ? actor : withoutParent(actor)));
}

function withoutParent({ parent: _, ...actor }: Actor): Actor {
  return actor;
}

function tree(side: SideState): Spec {
  const some = chosen(side);
  const children = childrenOf({ ...side, actors: some });
  const branch = (parent: number | undefined): Spec[] =>
    (children.get(parent) ?? [])
      .filter(({ kind }) => kind !== 'timer')
      .map((actor) => {
        const sign = unsaid(el('span', 'sign', SIGNS[actor.state]));
        const line = actor.line && !hasEnded(actor) ? `, line ${actor.line}` : '';
        const bytes = actor.bytes ? el('span', 'bytes', `${actor.bytes} B`) : '';
        const row = el(
          'div',
          `node ${actor.state}`,
          sign,
          el('b', '', actor.name),
          el('span', 'how', describe(actor) + line),
          bytes,
        );
        const below = branch(actor.id);
        return el('li', '', row, ...(below.length > 0 ? [el('ul', '', ...below)] : []));
      });
  const items = branch(undefined);
  const more = side.actors.length - some.length;
  if (more > 0) items.push(el('li', 'none', `and ${more} more`));
  return items.length > 0 ? el('ul', 'tree', ...items) : el('p', 'none', 'nothing yet');
}

function sideNow(side: Side, state: SideState): Spec {
  const words = WORDS[side];
  const name = (id: number) => actorOf(state, id)?.name ?? '?';
  const queues = [chips(words.stack, state.stack.map(name)), chips(words.ready, state.ready.map(name))];
  if (side === 'js') queues.push(chips('Timers', timerNames(state)));
  const label = side === 'c' ? 'C' : 'JS';
  const title = el('h3', '', el('b', 'badge', label), side === 'c' ? ' executor' : ' event loop');
  return el('section', `now ${side}`, title, el('div', 'queues', ...queues), el('h4', '', words.tree), tree(state));
}

export function drawNow(into: HTMLElement, state: State): void {
  patch(into, [sideNow('c', state.c), sideNow('js', state.js)]);
}
