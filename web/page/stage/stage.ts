// stage.ts: one recording on the screen. Every view is drawn from its moments and one number, the step.
import { byId } from '../dom/elements.js';
import { el, patch, rich } from '../dom/patch.js';
import { CodeView } from '../source/code-view.js';
import { drawOutput, revealOutput } from '../source/output-view.js';
import { ScriptPanel } from '../source/script-panel.js';
import type { Moment, Side } from '../story/moment.js';
import type { Recording } from '../story/recording.js';
import { Replay, type State } from '../story/replay.js';
import { layOut, type Layout } from '../timeline/lanes.js';
import { Timeline } from '../timeline/timeline.js';
import { Inspector } from '../views/inspector.js';
import { Player } from './player.js';
import { Speech } from './speech.js';

const ADDRESS_MS = 250; // browsers refuse an address that changes too often

export class Stage {
  private replay = new Replay([]);
  private layout: Layout = layOut([]);
  private isTrace = false;
  private due: ReturnType<typeof setTimeout> | undefined;
  readonly player: Player;
  private readonly code = new CodeView(byId('c-code'));
  private readonly speech = new Speech(byId('told'));
  private readonly timeline: Timeline;
  private readonly inspector: Inspector;

  /** `onStep` is called a while after the last step. */
  constructor(
    private readonly script: ScriptPanel,
    private readonly onStep: (step: number) => void,
    private readonly onEnd: () => void,
  ) {
    const go = (step: number) => this.player.go(step);
    this.timeline = new Timeline(byId('timeline'), (step) => this.player.drag(step));
    this.inspector = new Inspector(go, () => this.show(this.player.at));
    this.player = new Player(
      (step) => this.show(step),
      (step, direction) => this.replay.sameTask(step, direction),
    );
    byId<HTMLSelectElement>('axis').addEventListener('change', (event) => {
      this.timeline.kind = (event.target as HTMLSelectElement).value === 'ms' ? 'ms' : 'steps';
      this.resize();
    });
  }

  get moments(): readonly Moment[] {
    return this.replay.moments;
  }

  load(recording: Recording, step: number): void {
    const { moments } = recording;
    clearTimeout(this.due);
    this.isTrace = recording.c === '';
    this.replay = new Replay(moments);
    this.layout = layOut(moments);
    this.code.draw(recording.c);
    this.timeline.draw(this.layout, moments);
    this.inspector.load(recording);
    this.player.load(moments.length, Math.min(step, moments.length));
  }

  resize(): void {
    this.timeline.draw(this.layout, this.moments);
    this.show(this.player.at);
  }

  private tellSentence(step: number, moment: Moment | undefined): void {
    const first = byId('question').hidden ? 'Press' : 'Predict, then press';
    const text = moment?.text ?? `Nothing has happened yet. ${first} › or the play button.`;
    const badge = moment ? [el('b', 'badge', moment.side === 'c' ? 'C' : 'JS')] : [];
    const sentence = byId('sentence');
    sentence.className = `sentence ${moment?.side ?? 'none'}${moment?.warning ? ' warning' : ''}`;
    patch(sentence, [...badge, el('span', '', ...rich(text))]);
    this.speech.say(`${moment ? (moment.side === 'c' ? 'C: ' : 'JS: ') : ''}${text.replaceAll('`', '')}`);
    const time = `${Math.round(moment?.t ?? 0)} ms`;
    const count = this.moments.length;
    byId('place').textContent = `${step} / ${count} · ${time}`;
    byId('scrub').setAttribute('aria-valuetext', `step ${step} of ${count}, ${time}: ${text.replaceAll('`', '')}`);
  }

  private showSide(side: Side, state: State, moment: Moment | undefined): void {
    const isNow = moment?.side === side;
    (side === 'js' ? this.script : this.code).light(state[side].lines, isNow);
    const isFresh = isNow && moment.printed !== undefined;
    drawOutput(byId(`${side}-out`), this.replay.printed[side], state[side].printed, isFresh);
  }

  private revealSide(side: Side, state: State): void {
    (side === 'js' ? this.script : this.code).reveal();
    revealOutput(byId(`${side}-out`), state[side].printed);
  }

  /** First what reads the document, then what changes it, and last what reads it again: so each step costs one
      layout. */
  private show(step: number): void {
    const moment = this.moments[step - 1];
    const state = this.replay.at(step);
    const sides: Side[] = this.isTrace ? [] : ['c', 'js']; // a trace has neither sources nor lines
    this.timeline.show(step, moment, state);
    this.player.draw();
    for (const side of sides) this.showSide(side, state, moment);
    this.tellSentence(step, moment);
    this.inspector.show(step, state, moment);
    for (const side of sides) this.revealSide(side, state);
    this.inspector.reveal();
    if (step > 0 && step === this.moments.length) this.onEnd();
    clearTimeout(this.due);
    this.due = setTimeout(() => this.onStep(step), ADDRESS_MS);
  }
}
