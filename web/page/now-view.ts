// now-view.ts: what is true at this step: who runs, who is queued, which timers wait, who awaits whom.
import { hidden, make } from './dom.js';
import { actorOf, hasEnded, type Actor, type SideState, type State } from './model.js';
import type { Side } from './moment.js';

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
  made: '◇', running: '▶', waiting: '◔', done: '✓', failed: '!', dropped: '✕', unpolled: '✕',
};

function chips(title: string, names: string[]): HTMLElement {
  const items = names.map((name) => make('li', 'chip', name));
  if (items.length === 0) items.push(make('li', 'none', 'empty'));
  return make('div', 'queue', make('h4', '', title), make('ol', '', ...items));
}

function timerNames(side: SideState): string[] {
  return side.actors.filter((actor) => actor.kind === 'timer' && !hasEnded(actor)).map(({ due }) => `due at ${Math.round(due ?? 0)} ms`);
}

function describe(actor: Actor): string {
  if (actor.state === 'waiting' && actor.on) return `waits for ${actor.on}`;
  return STATES[actor.state];
}

function branch(side: SideState, parent: number | undefined): HTMLElement[] {
  return side.actors
    .filter((actor) => actor.parent === parent && actor.kind !== 'timer')
    .map((actor) => {
      const sign = hidden(make('span', 'sign', SIGNS[actor.state]));
      const line = actor.line && !hasEnded(actor) ? `, line ${actor.line}` : '';
      const bytes = actor.bytes ? make('span', 'bytes', `${actor.bytes} B`) : '';
      const row = make('div', `node ${actor.state}`, sign, make('b', '', actor.name), make('span', 'how', describe(actor) + line), bytes);
      const children = branch(side, actor.id);
      return make('li', '', row, ...(children.length > 0 ? [make('ul', '', ...children)] : []));
    });
}

function sideNow(side: Side, state: SideState): HTMLElement {
  const words = WORDS[side];
  const name = (id: number) => actorOf(state, id)?.name ?? '?';
  const tree = branch(state, undefined);
  const list = tree.length > 0 ? make('ul', 'tree', ...tree) : make('p', 'none', 'nothing yet');
  const queues = [chips(words.stack, state.stack.map(name)), chips(words.ready, state.ready.map(name))];
  if (side === 'js') queues.push(chips('Timers', timerNames(state)));
  const label = side === 'c' ? 'C' : 'JS';
  const title = make('h3', '', make('b', 'badge', label), side === 'c' ? ' executor' : ' event loop');
  return make('section', `now ${side}`, title, make('div', 'queues', ...queues), make('h4', '', words.tree), list);
}

export function drawNow(into: HTMLElement, state: State): void {
  into.replaceChildren(sideNow('c', state.c), sideNow('js', state.js));
}
