// main.ts: the page. The address says what it shows: a lesson, a variant, an edited program. It records both programs
// to their ends, and then the stage shows them step by step.
import { byId } from './dom/elements.js';
import { bindMenu } from './dom/menu.js';
import { say, showProblem } from './dom/notice.js';
import { recall, remember } from './dom/storage.js';
import { loadLessons, loadPrograms, type Lesson } from './lesson/lesson.js';
import { drawLesson, drawTraceTexts, judge, SCRATCH, showInsight } from './lesson/lesson-view.js';
import { drawSlider } from './lesson/size-slider.js';
import { readPlace, writePlace } from './links/address.js';
import { pack, unpack } from './links/pack.js';
import { share } from './links/share.js';
import type { Programs } from './run/programs.js';
import { Help } from './shell/help.js';
import { bindKeys } from './shell/keys.js';
import { bindNarrow, showView } from './shell/narrow-screen.js';
import { bindOffline } from './shell/offline.js';
import { bindPanels } from './shell/panel-borders.js';
import { bindTheme } from './shell/theme.js';
import { ScriptPanel } from './source/script-panel.js';
import { Stage } from './stage/stage.js';
import { mistakesOf, recordBoth, type Recording } from './story/recording.js';
import { bindTraceMenu, type OpenedTrace } from './traces/trace-menu.js';

/** What is on the screen. There is none while programs run, and for a trace from a file. */
interface Shown {
  lesson: Lesson;
  variant: number;
  programs: Programs;
  recording: Recording;
  /** The edited program that ran last, packed. */
  packed?: string;
  /** Set while a program from a link waits to be run: the step that the link names. */
  foreignStep?: number;
}

let lessons: Lesson[] = [];
let shown: Shown | undefined;
let recording: Recording | undefined;
/** Counts requests. Whoever finds another number after an await has been overtaken, and stops. */
let generation = 0;

const script = new ScriptPanel(() => void run().catch(fail), showProblem);
const stage = new Stage(script, writeAddress, showInsight);

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
function setState(state: 'recording' | 'ready'): void {
  document.body.dataset.state = state;
  performance.mark(state); // for npm run bench:page
}
const keyOf = ({ lesson, variant }: Shown) => `edit.${lesson.number}${'b'.repeat(variant)}`;

function fail(error: unknown): void {
  showProblem(messageOf(error));
  setState('ready');
}

function writeAddress(step: number): void {
  if (!shown || shown.foreignStep !== undefined) return;
  const { lesson, variant, packed } = shown;
  history.replaceState(
    null,
    '',
    writePlace({ lesson: lesson.number, step, variant, ...(packed !== undefined && { packed }) }),
  );
}

function present(made: Recording, step: number): void {
  recording = made;
  showProblem(made.problems.join(' '));
  stage.load(made, step);
  drawSlider(shown?.lesson.slider, made.moments);
  if (shown) judge(shown.lesson, stage.moments);
  setState('ready');
}

// ---- What the address says ----

function offerEdits(key: string): void {
  const kept = recall(key);
  if (kept !== undefined)
    say('You have edited this program before.', {
      label: 'Restore my edits',
      run: () => void script.edit(kept).then(run).catch(fail),
    });
}

/** Says what is wrong with the address. A program from a link waits until the reader runs it. */
function tell(notes: string[], isForeign: boolean): void {
  if (isForeign) {
    showView('js');
    notes.push('This JavaScript came with the link and has not run. Read it before you run it.');
    return say(notes.join(' '), { label: 'Run it', run: () => void run().catch(fail) });
  }
  say(notes.join(' '));
  if (notes.length === 0 && shown) offerEdits(keyOf(shown));
}

async function show(address = location.hash): Promise<void> {
  const { packed, problem, ...place } = readPlace(address);
  const known = lessons.find(({ number }) => number === place.lesson);
  const lesson = known ?? lessons[0];
  if (!lesson) throw new Error('lessons/index.json names no lesson. Build the page again.');
  const mine = ++generation;
  const twist = lesson.twists?.[place.variant - 1];
  const variant = twist ? place.variant : 0;
  const notes = [problem, known ? undefined : `There is no lesson ${place.lesson}. You see the first one.`];
  setState('recording');
  showProblem('');
  shown = undefined; // so that the address stays as it is meanwhile
  drawLesson(lessons, lesson, variant);
  const programs = await loadPrograms(lesson, twist);
  const edit = packed === undefined ? undefined : await unpack(packed);
  if (mine !== generation) return;
  if (packed !== undefined && !edit)
    notes.push('The program in this link is damaged. You see the program of the lesson.');
  script.show(programs.js);
  if (edit) await script.edit(edit.js);
  const made = await recordBoth(programs, edit ? undefined : programs.recorded);
  if (mine !== generation) return;
  shown = { lesson, variant, programs, recording: made, ...(edit && { foreignStep: place.step }) };
  tell(
    notes.filter((note) => note !== undefined),
    edit !== undefined,
  );
  present(made, place.step);
}

/** Runs the JavaScript as it is now, with the same C program. */
async function run(): Promise<void> {
  if (!shown) return;
  const now = shown;
  const { programs, foreignStep } = now;
  const text = script.text;
  const recorded = script.isEdited ? script.prepare() : programs.recorded;
  if (recorded === undefined) return; // its mistake is shown
  const mine = ++generation;
  setState('recording');
  say('');
  const isKept = remember(keyOf(now), script.isEdited ? text : undefined);
  const packed = script.isEdited ? await pack({ js: text }) : undefined;
  const made = await recordBoth(programs, recorded);
  if (mine !== generation) return;
  const { lesson, variant } = now;
  shown = { lesson, variant, programs, recording: made, ...(packed !== undefined && { packed }) };
  if (!isKept && script.isEdited)
    say('Your edits will be lost when you leave: this browser gives the page no storage.');
  present(made, foreignStep ?? 0);
  script.mark(script.isOpen && made.jsRun ? mistakesOf(made.jsRun) : []);
}

function showTrace({ name, recording: made, notes }: OpenedTrace): void {
  generation++;
  shown = undefined;
  drawTraceTexts(lessons, name, notes);
  script.show('');
  say('');
  present(made, 0);
}

function goTo(lesson: number, variant = 0): void {
  const hash = writePlace({ lesson, variant, step: 0 });
  if (hash === location.hash) void show().catch(fail);
  else location.hash = hash;
}

/** The button of the variant that is shown leads back to the lesson. */
function twist(button: HTMLElement): void {
  const variant = Number(button.closest<HTMLElement>('.twist')?.dataset.variant ?? 0);
  if (shown && variant > 0) goTo(shown.lesson.number, variant === shown.variant ? 0 : variant);
}

function neighbour(direction: number): void {
  const number = (shown?.lesson.number ?? 0) + direction;
  if (number !== SCRATCH && lessons.some((lesson) => lesson.number === number)) goTo(number);
}

function shareLink(): void {
  if (!shown) return say('Share a trace as a file: choose Trace, then Save.');
  const place = { lesson: shown.lesson.number, variant: shown.variant, step: shown.foreignStep ?? stage.player.at };
  share(place, script.isEdited ? script.text : undefined).catch(fail);
}

// ---- The page ----

async function startPage(): Promise<void> {
  byId('question').addEventListener('submit', (event) => event.preventDefault());
  byId('question').addEventListener('change', () => shown && judge(shown.lesson, stage.moments));
  byId('twists').addEventListener('click', (event) => twist(event.target as HTMLElement));
  byId('share').addEventListener('click', shareLink);
  bindTheme();
  bindMenu(byId<HTMLDetailsElement>('contents'));
  bindPanels(() => stage.resize());
  bindNarrow(() => stage.resize());
  const help = new Help();
  bindTraceMenu(() => recording, showTrace);
  bindKeys({
    player: (event) => stage.player.key(event),
    hasLetters: () => help.hasLetters,
    help: () => help.open(),
    neighbour,
    run: () => void run().catch(fail),
    share: shareLink,
  });
  // Take the event's address: by now the step of the old lesson may have been written to the current one.
  addEventListener('hashchange', ({ newURL }) => void show(newURL && new URL(newURL).hash).catch(fail));
  addEventListener('resize', () => stage.resize());
  lessons = await loadLessons();
  await show();
  bindOffline();
}

startPage().catch((error) => fail(new Error(`The page did not start: ${messageOf(error)}`)));
