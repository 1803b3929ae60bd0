// main.ts: the page: which lesson is shown, and what its buttons do.
import { loadLessons, loadSources, type Lesson, type Sources } from './lesson.js';
import { runC, type CRun } from './run-c.js';
import { runJs } from './run-js.js';
import { printedAt } from './source-map.js';
import { tellStory, type Story } from './story.js';
import * as view from './views.js';

const { byId } = view;
let lessons: Lesson[] = [];
let shown: { lesson: Lesson; sources: Sources } | undefined;
/** Counts what was shown and run; who comes back to find another number has nothing to say. */
let generation = 0;

function showProblem(text: string): void {
  const problem = byId('problem');
  problem.textContent = text;
  problem.hidden = text === '';
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The lesson that the address names: #l=2. */
function wantedLesson(): Lesson | undefined {
  const number = Number(new URLSearchParams(location.hash.slice(1)).get('l') ?? 1);
  return lessons.find((lesson) => lesson.number === number) ?? lessons[0];
}

function drawLessonLinks(current: Lesson): void {
  const links = lessons.map(({ number, title }) => {
    const link = view.make('a', '', view.make('b', '', String(number)), view.make('span', '', title));
    link.setAttribute('href', `#l=${number}`);
    if (number === current.number) link.setAttribute('aria-current', 'page');
    return link;
  });
  byId('lessons').replaceChildren(...links);
}

function drawQuestion({ question }: Lesson): void {
  byId('question-text').replaceChildren(...view.richText(question.text));
  const options = question.options.map((text) => {
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'answer';
    radio.value = text;
    return view.make('label', '', radio, view.make('span', '', text));
  });
  byId('options').replaceChildren(...options);
}

function reset(): void {
  generation++;
  showProblem('');
  byId<HTMLButtonElement>('run').disabled = false;
  byId<HTMLFormElement>('question').reset();
  byId('result').textContent = '';
  byId('trace-size').textContent = '';
  byId('lanes').replaceChildren();
  view.drawNote(byId('steps'), 'Run the programs: every poll, wake and timer of the C program is listed here.');
  for (const id of ['c-out', 'js-out']) view.drawNote(byId(id), 'Not run yet.');
  view.lightLines(byId('c-code'), undefined);
  view.lightLines(byId('js-code'), undefined);
}

async function showLesson(): Promise<void> {
  const lesson = wantedLesson();
  if (!lesson) return showProblem('lessons/index.json names no lesson: build the page again');
  const sources = await loadSources(lesson);
  if (wantedLesson() !== lesson) return; // another one was chosen meanwhile
  shown = { lesson, sources };
  document.title = `${lesson.title} · rouse`;
  byId('title').textContent = lesson.title;
  byId('insight').textContent = lesson.insight;
  const prose = lesson.prose.map((text) => view.make('p', '', ...view.richText(text)));
  byId('prose').replaceChildren(...prose);
  drawLessonLinks(lesson);
  drawQuestion(lesson);
  view.drawCode(byId('c-code'), sources.c);
  view.drawCode(byId('js-code'), sources.js);
  reset();
}

/** Lights a printed line wherever it was printed, and where. */
function pointAtText(text: string): void {
  for (const line of document.querySelectorAll<HTMLElement>('.output [data-text]'))
    line.classList.toggle('lit', line.dataset.text === text);
  if (!shown) return;
  const at = (source: string): [number, number] | undefined => {
    const line = printedAt(source, text);
    return line ? [line, line] : undefined;
  };
  view.lightLines(byId('c-code'), at(shown.sources.c));
  view.lightLines(byId('js-code'), at(shown.sources.js));
}

/** The answer as one of the options, read from what really happened. */
function trueAnswer({ question }: Lesson, run: CRun, story: Story): string | undefined {
  const { check, options } = question;
  if ('lineAfter' in check) {
    const at = run.lines.findIndex(({ text }) => text === check.lineAfter);
    return run.lines[at + 1]?.text;
  }
  const polls = story.lanes.find(({ name }) => name === check.pollsOf)?.polls;
  return options.find((option) => parseInt(option, 10) === polls);
}

function tellResult(lesson: Lesson, run: CRun, story: Story): void {
  const answer = trueAnswer(lesson, run, story) ?? 'none of these';
  const form = new FormData(byId<HTMLFormElement>('question'));
  const guess = form.get('answer');
  const verdict = guess === null ? '' : guess === answer ? 'Right. ' : `You said “${guess}”. `;
  const source = 'lineAfter' in lesson.question.check ? 'C printed' : 'The trace says';
  const result = byId('result');
  result.textContent = `${verdict}${source}: ${answer}`;
  result.dataset.verdict = guess === null ? 'none' : guess === answer ? 'right' : 'wrong';
}

async function runBoth({ lesson, sources }: { lesson: Lesson; sources: Sources }, mine: number) {
  const [c, js] = await Promise.allSettled([
    runC(`${lesson.folder}/lesson.wasm`),
    runJs(`${lesson.folder}/lesson.js`),
  ]);
  if (mine !== generation) return;
  if (js.status === 'fulfilled') view.drawOutput(byId('js-out'), js.value, pointAtText);
  else view.drawNote(byId('js-out'), `It did not run: ${messageOf(js.reason)}`);
  if (c.status === 'rejected') {
    view.drawNote(byId('c-out'), 'It did not run.');
    return showProblem(`The C program did not run: ${messageOf(c.reason)}`);
  }
  const story = tellStory(sources.c, lesson.main, c.value);
  view.drawOutput(byId('c-out'), c.value.lines.map(({ text }) => text), pointAtText);
  view.drawLanes(byId('lanes'), story);
  view.drawSteps(byId('steps'), story.steps, (step) => view.lightLines(byId('c-code'), step.lines));
  const lost = c.value.lost ? `, ${c.value.lost} older ones lost` : '';
  byId('trace-size').textContent = `${story.steps.length} events${lost}`;
  tellResult(lesson, c.value, story);
}

async function run(): Promise<void> {
  const button = byId<HTMLButtonElement>('run');
  if (!shown || button.disabled) return;
  const mine = ++generation;
  showProblem('');
  button.disabled = true;
  document.body.dataset.state = 'running';
  try {
    await runBoth(shown, mine);
  } catch (error) {
    if (mine === generation) showProblem(messageOf(error));
  }
  if (mine !== generation) return;
  button.disabled = false;
  document.body.dataset.state = 'ran';
  const isNarrow = matchMedia('(max-width: 760px)').matches;
  if (isNarrow) byId('result').scrollIntoView({ block: 'start' });
}

function show(): void {
  showLesson().catch((error) => showProblem(`The lesson did not load: ${messageOf(error)}`));
}

async function startPage(): Promise<void> {
  byId('run').addEventListener('click', () => void run());
  byId('reset').addEventListener('click', reset);
  byId('question').addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', show);
  addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  });
  lessons = await loadLessons();
  show();
}

startPage().catch((error) => showProblem(`The page did not start: ${messageOf(error)}`));
