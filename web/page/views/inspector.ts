// inspector.ts: the tabs beside the sources. Only the open one is drawn.
import { byId } from '../dom/elements.js';
import { el, patch } from '../dom/patch.js';
import type { Moment } from '../story/moment.js';
import type { Recording } from '../story/recording.js';
import { actorOf, hasEnded, type Actor, type SideState, type State } from '../story/replay.js';
import { mapSource } from '../story/source-map.js';
import { drawLints, findingsIn, type Finding } from './lints-view.js';
import { drawMemory } from './memory-view.js';
import { drawNow } from './now-view.js';
import { drawMachine } from './states-view.js';
import { StepList } from './steps-view.js';

type Draw = (into: HTMLElement, step: number, state: State) => void;

export class Inspector {
  private recording: Recording = { c: '', moments: [], layouts: {}, problems: [] };
  private map = mapSource('');
  private findings: readonly Finding[] = [];
  private open = 'now';
  private current: number | undefined; // the future of the lesson's own that a step was about last
  private readonly list: StepList;
  private readonly chosen = byId<HTMLSelectElement>('future');
  private readonly tabs = [...document.querySelectorAll<HTMLElement>('[role="tab"]')];
  private readonly views: Record<string, Draw> = {
    now: (into, _, state) => drawNow(into, state),
    events: (_, step) => this.list.show(step),
    machine: (into, step, state) =>
      drawMachine(into.lastElementChild as HTMLElement, this.recording, this.subject(state), step),
    memory: (into, step, state) =>
      drawMemory(into.lastElementChild as HTMLElement, this.recording, this.subject(state), step),
    lints: (into, step) => drawLints(into, this.findings, step),
  };

  /** `redraw` is called when another tab or future is chosen. */
  constructor(
    onStep: (step: number) => void,
    private readonly redraw: () => void,
  ) {
    this.list = new StepList(byId('steps'), onStep);
    this.tabs.forEach((tab, i) => {
      tab.addEventListener('click', () => this.choose(tab.dataset.panel!));
      tab.addEventListener('keydown', (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.stopPropagation();
        const other = this.tabs.at((i + step) % this.tabs.length)!;
        other.focus();
        this.choose(other.dataset.panel!);
      });
    });
    this.chosen.addEventListener('change', redraw);
    byId('lints').addEventListener('click', ({ target }) => {
      const { step } = (target as HTMLElement).dataset;
      if (step !== undefined) onStep(Number(step));
    });
  }

  private choose(panel: string): void {
    this.open = panel;
    for (const tab of this.tabs) {
      const isChosen = tab.dataset.panel === panel;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      byId(tab.dataset.panel!).hidden = !isChosen;
    }
    const hasSubject = panel === 'machine' || panel === 'memory';
    if (hasSubject) byId(panel).prepend(byId('subject'));
    byId('subject').hidden = !hasSubject;
    this.redraw();
  }

  load(recording: Recording): void {
    this.recording = recording;
    this.map = mapSource(recording.c);
    this.findings = findingsIn(recording.moments);
    this.list.draw(recording.moments);
    this.chosen.value = '';
  }

  show(step: number, state: State, moment: Moment | undefined): void {
    this.current = this.around(state.c, moment?.side === 'c' ? moment.actor : undefined) ?? this.current;
    if (!byId('subject').hidden) this.offer(state.c);
    this.views[this.open]!(byId(this.open), step, state);
    const count = String(this.findings.filter(({ moment, step: at }) => moment.lint && at <= step).length || '');
    const { dataset } = byId('tab-lints');
    if (dataset.count !== count) dataset.count = count;
  }

  /** Scrolls to what the step is about. */
  reveal(): void {
    if (this.open === 'events') this.list.reveal();
  }

  /** The nearest async function of the lesson around an actor. */
  private around(side: SideState, id: number | undefined): number | undefined {
    for (let at = actorOf(side, id); at; at = actorOf(side, at.parent))
      if (this.map.body(at.name.split(' ')[0]!)) return at.id;
    return id;
  }

  private subject({ c }: State): Actor | undefined {
    return actorOf(c, Number(this.chosen.value) || this.current) ?? c.actors[0];
  }

  /** Lists the futures, so that you can look at one that is not the current one. */
  private offer({ actors }: SideState): void {
    const { value } = this.chosen;
    const shown = actors.length > 200 ? actors.filter((actor) => !hasEnded(actor)).slice(-200) : actors;
    const option = (value: string, text: string) => ({ ...el('option', '', text), attributes: { value } });
    patch(this.chosen, [
      option('', 'the current one'),
      ...shown.map(({ id, name }) => option(String(id), `${name} (${id})`)),
    ]);
    this.chosen.value = shown.some(({ id }) => String(id) === value) ? value : '';
  }
}
