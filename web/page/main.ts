// main.ts: the page. A lesson is loaded and both its programs are recorded to their ends; from then on
// everything on the screen is drawn from the moments and one number, the step.
import { readPlace, writePlace } from './address.js';
import { trueAnswer } from './answer.js';
import { tellC } from './c-story.js';
import { drawCode, drawConsole, lightLines } from './code-view.js';
import { byId, make, richText } from './dom.js';
import { tellJs } from './js-story.js';
import { layOut } from './lanes.js';
import { loadLessons, loadPrograms, type Lesson } from './lesson.js';
import { Replay, type State } from './model.js';
import { merge, type Moment, type Side } from './moment.js';
import { drawNow } from './now-view.js';
import { Player } from './player.js';
import { recordC, recordJs } from './record.js';
import { StepList } from './steps-view.js';
import { Timeline } from './timeline.js';

let lessons: Lesson[] = [];
let shown: { lesson: Lesson; isTwisted: boolean } | undefined;
let replay = new Replay([]);
/** Counts what was asked for; who comes back to find another number has nothing to say. */
let generation = 0;

const timeline = new Timeline(byId('timeline'), (step) => player.go(step));
const list = new StepList(byId('steps'), (step) => player.go(step));
const sideAt = (step: number): Side => replay.moments[step - 1]?.side ?? 'c';
const player = new Player(showStep, (step, direction) => replay.sameSide(step, direction, sideAt(step)));

function showProblem(text: string): void {
  const problem = byId('problem');
  problem.textContent = text;
  problem.hidden = text === '';
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

// ---- One step ----

function tellSentence(step: number, moment: Moment | undefined): void {
  const text = moment?.text ?? 'Nothing has happened yet. Predict, then press → or the play button.';
  const badge = moment ? [make('b', 'badge', moment.side === 'c' ? 'C' : 'JS')] : [];
  const sentence = byId('sentence');
  sentence.className = `sentence ${moment?.side ?? 'none'}${moment?.warning ? ' warning' : ''}`;
  sentence.replaceChildren(...badge, make('span', '', ...richText(text)));
  const time = `${Math.round(moment?.t ?? 0)} ms`;
  byId('place').textContent = `${step} / ${replay.moments.length} · ${time}`;
  byId('scrub').setAttribute('aria-valuetext', `step ${step} of ${replay.moments.length}, ${time}: ${text.replaceAll('`', '')}`);
}

function showSide(side: Side, state: State, moment: Moment | undefined): void {
  const isNow = moment?.side === side;
  lightLines(byId(`${side}-code`), state[side].lines, isNow);
  const total = replay.moments.filter((other) => other.side === side && other.printed !== undefined).length;
  drawConsole(byId(`${side}-out`), state[side].printed, total, isNow && moment.printed !== undefined);
}

function showStep(step: number): void {
  const moment = replay.moments[step - 1];
  const state = replay.at(step);
  showSide('c', state, moment);
  showSide('js', state, moment);
  drawNow(byId('now'), state);
  tellSentence(step, moment);
  timeline.show(step, moment, state);
  list.show(step);
  if (step > 0 && step === replay.moments.length) byId('insight').hidden = false;
  if (!shown) return;
  const { lesson, isTwisted } = shown;
  history.replaceState(null, '', writePlace({ lesson: lesson.number, step, isTwisted }));
}

// ---- One lesson ----

function drawLessonLinks(current: Lesson): void {
  const links = lessons.map(({ number, title }) => {
    const link = make('a', '', String(number));
    link.setAttribute('href', `#l=${number}`);
    link.setAttribute('aria-label', `Lesson ${number}: ${title}`);
    link.title = title;
    if (number === current.number) link.setAttribute('aria-current', 'page');
    return link;
  });
  byId('lessons').replaceChildren(...links);
  links[current.number - 1]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function drawQuestion({ question }: Lesson): void {
  byId('question-text').replaceChildren(...richText(question.text));
  const options = question.options.map((text) => {
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'answer';
    radio.value = text;
    return make('label', '', radio, make('span', '', text));
  });
  byId('options').replaceChildren(...options);
  byId('result').textContent = '';
  byId('insight').hidden = true;
}

function answer(): void {
  const guess = new FormData(byId<HTMLFormElement>('question')).get('answer');
  if (!shown || guess === null || replay.moments.length === 0) return;
  const truth = trueAnswer(shown.lesson.question.check, replay.moments) ?? 'none of these';
  const result = byId('result');
  const isRight = guess === truth;
  result.textContent = isRight ? `Right: ${truth}. Step through to see why.` : `Not ${guess}: ${truth}. Step through to see why.`;
  result.dataset.verdict = isRight ? 'right' : 'wrong';
  byId('insight').hidden = false;
}

function drawTexts(lesson: Lesson, isTwisted: boolean): void {
  const isNew = shown?.lesson !== lesson;
  document.title = `${lesson.title} · rouse`;
  byId('number').textContent = `Lesson ${lesson.number} of ${lessons.length}`;
  byId('title').textContent = lesson.title;
  byId('insight').textContent = lesson.insight;
  const prose = isTwisted ? [lesson.twist.note] : lesson.prose;
  byId('prose').replaceChildren(...prose.map((text) => make('p', '', ...richText(text))));
  const twist = byId<HTMLButtonElement>('twist');
  twist.setAttribute('aria-pressed', String(isTwisted));
  byId('twist-label').textContent = lesson.twist.label;
  byId('question').hidden = isTwisted;
  if (isNew) drawQuestion(lesson);
  drawLessonLinks(lesson);
}

/** Both programs to their ends; what one of them cannot say does not keep the other from it. */
async function record(lesson: Lesson, isTwisted: boolean, mine: number): Promise<Moment[] | undefined> {
  const programs = await loadPrograms(lesson, isTwisted);
  const [c, js] = await Promise.allSettled([recordC(programs.wasm), recordJs(programs.recorded)]);
  if (mine !== generation) return undefined;
  drawCode(byId('c-code'), programs.c);
  drawCode(byId('js-code'), programs.js);
  if (c.status === 'rejected') showProblem(`The C program did not run: ${messageOf(c.reason)}`);
  else if (c.value.lost > 0) showProblem(`The first ${c.value.lost} events of the C program were not kept.`);
  const stopped = js.status === 'rejected' ? messageOf(js.reason) : js.value.stopped;
  if (stopped) showProblem(`JavaScript: ${stopped}`.replaceAll('`', ''));
  const told = c.status === 'fulfilled' ? tellC(programs.c, c.value) : [];
  if (c.status === 'fulfilled' && c.value.outOf) showProblem(`C: ${told.at(-1)!.text}`.replaceAll('`', ''));
  return merge(
    told,
    js.status === 'fulfilled' ? tellJs(js.value.events) : [],
  );
}

async function showLesson(): Promise<void> {
  const { lesson: number, step, isTwisted } = readPlace(location.hash);
  const lesson = lessons.find((other) => other.number === number) ?? lessons[0];
  if (!lesson) return showProblem('lessons/index.json names no lesson: build the page again');
  const mine = ++generation;
  document.body.dataset.state = 'recording';
  showProblem('');
  drawTexts(lesson, isTwisted);
  shown = undefined; // the address stays as it is meanwhile
  const moments = await record(lesson, isTwisted, mine);
  if (!moments || mine !== generation) return;
  shown = { lesson, isTwisted };
  replay = new Replay(moments);
  timeline.draw(layOut(moments), moments.length);
  list.draw(moments);
  player.load(moments.length, Math.min(step, moments.length));
  answer();
  document.body.dataset.state = 'ready';
}

function show(): void {
  showLesson().catch((error) => {
    showProblem(`The lesson did not load: ${messageOf(error)}`);
    document.body.dataset.state = 'ready';
  });
}

function goTo(place: { lesson: number; isTwisted: boolean }): void {
  const hash = writePlace({ ...place, step: 0 });
  if (hash === location.hash) show();
  else location.hash = hash;
}

function neighbour(direction: number): void {
  const number = readPlace(location.hash).lesson + direction;
  if (lessons.some((lesson) => lesson.number === number)) goTo({ lesson: number, isTwisted: false });
}

// ---- The page ----

/** Arrow keys and Space mean something else on what has its own use for them. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input, select, textarea')) return true;
  return key === ' ' && target.closest('button, a, summary') !== null;
}

function onKey(event: KeyboardEvent): void {
  if (event.altKey || event.ctrlKey || event.metaKey || isTaken(event.target, event.key)) return;
  if (event.target instanceof HTMLElement && event.target.id === 'steps') {
    if (event.key === 'ArrowDown') player.go(player.at + 1);
    else if (event.key === 'ArrowUp') player.go(player.at - 1);
    else if (!player.key(event)) return;
  } else if (event.key === '[') neighbour(-1);
  else if (event.key === ']') neighbour(1);
  else if (!player.key(event)) return;
  event.preventDefault();
}

function showTab(name: string): void {
  for (const tab of document.querySelectorAll<HTMLElement>('[role="tab"]')) {
    const isChosen = tab.dataset.panel === name;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    byId(tab.dataset.panel!).hidden = !isChosen;
  }
  list.show(player.at);
}

function bindTabs(): void {
  const tabs = [...document.querySelectorAll<HTMLElement>('[role="tab"]')];
  tabs.forEach((tab, i) => {
    tab.addEventListener('click', () => showTab(tab.dataset.panel!));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
      event.stopPropagation();
      const other = tabs[(i + 1) % tabs.length]!;
      other.focus();
      showTab(other.dataset.panel!);
    });
  });
}

function bindTheme(): void {
  byId('theme').addEventListener('click', () => {
    const { style } = document.documentElement;
    const now = style.colorScheme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    style.colorScheme = now === 'dark' ? 'light' : 'dark';
  });
}

async function startPage(): Promise<void> {
  byId('question').addEventListener('submit', (event) => event.preventDefault());
  byId('question').addEventListener('change', answer);
  byId('twist').addEventListener('click', () => {
    const { lesson, isTwisted } = readPlace(location.hash);
    goTo({ lesson, isTwisted: !isTwisted });
  });
  bindTabs();
  bindTheme();
  addEventListener('hashchange', show);
  addEventListener('keydown', onKey);
  addEventListener('resize', () => {
    timeline.draw(layOut(replay.moments), replay.moments.length);
    showStep(player.at);
  });
  lessons = await loadLessons();
  show();
}

startPage().catch((error) => showProblem(`The page did not start: ${messageOf(error)}`));
