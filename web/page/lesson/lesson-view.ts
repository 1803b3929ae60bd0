// lesson-view.ts: draws a lesson's texts: the list of lessons, prose, question, insight, variants.
import { byId, make, richText } from '../dom/elements.js';
import type { Moment } from '../story/moment.js';
import { trueAnswer } from './answer.js';
import type { Lesson } from './lesson.js';

export const SCRATCH = 0; // the number of the free-form page

/** The menu of all lessons with their titles, below the number of this one. */
function drawTitles(lessons: readonly Lesson[], current: number): void {
  const items = lessons.map(({ number, title }) => {
    const link = make('a', '', make('span', 'number', number === SCRATCH ? '' : String(number)), title);
    link.setAttribute('href', `#l=${number}`);
    if (number === current) link.setAttribute('aria-current', 'page');
    return make('li', '', link);
  });
  byId('titles').replaceChildren(...items);
}

function drawLinks(lessons: readonly Lesson[], current: number): void {
  const links = lessons.map(({ number, title }) => {
    const isScratch = number === SCRATCH;
    const link = make('a', isScratch ? 'scratch' : '', isScratch ? title : String(number));
    // In full: a link to a bare #... that is out of sight is taken for a skip link.
    link.setAttribute('href', new URL(`#l=${number}`, location.href).href);
    if (!isScratch) link.setAttribute('aria-label', `Lesson ${number}: ${title}`);
    link.title = title;
    if (number === current) link.setAttribute('aria-current', 'page');
    return link;
  });
  const terminal = make('a', 'scratch', 'Terminal');
  terminal.setAttribute('href', 'terminal.html');
  byId('lessons').replaceChildren(...links, terminal);
  drawTitles(lessons, current);
  links.find((link) => link.hasAttribute('aria-current'))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function drawQuestion({ question }: Lesson): void {
  byId('question-text').replaceChildren(...richText(question?.text ?? ''));
  const options = (question?.options ?? []).map((text) => {
    const radio = document.createElement('input');
    radio.type = 'radio';
    radio.name = 'answer';
    radio.value = text;
    return make('label', '', radio, make('span', '', text));
  });
  byId('options').replaceChildren(...options);
  byId('result').textContent = '';
}

/** Compares the guess with what was recorded. */
export function judge({ question }: Lesson, moments: readonly Moment[]): void {
  const guess = new FormData(byId<HTMLFormElement>('question')).get('answer');
  if (!question || guess === null || moments.length === 0) return;
  const truth = trueAnswer(question.check, moments) ?? 'none of these';
  const result = byId('result');
  const isRight = guess === truth;
  result.textContent = isRight
    ? `Right: ${truth}. Step through to see why.`
    : `Not ${guess}: ${truth}. Step through to see why.`;
  result.dataset.verdict = isRight ? 'right' : 'wrong';
  showInsight();
}

export function showInsight(): void {
  const insight = byId('insight');
  insight.hidden = insight.textContent === '';
}

let drawn: Lesson | undefined;

function drawTwists({ twists = [] }: Lesson): void {
  const buttons = twists.map(({ label }, i) => {
    const button = make('button', 'twist', make('b', '', 'Break it'), ` ${label}`);
    button.setAttribute('type', 'button');
    button.dataset.variant = String(i + 1);
    return button;
  });
  byId('twists').replaceChildren(...buttons);
}

function markTwists(variant: number): void {
  for (const button of document.querySelectorAll<HTMLElement>('.twist'))
    button.setAttribute('aria-pressed', String(Number(button.dataset.variant) === variant));
}

function drawNext(lessons: readonly Lesson[], { number }: Lesson): void {
  const following = lessons[lessons.findIndex((other) => other.number === number) + 1];
  const link = byId<HTMLAnchorElement>('next');
  link.hidden = !following;
  if (!following) return;
  link.href = `#l=${following.number}`;
  link.textContent = `Next: ${following.title} →`;
}

/** `variant`: 0 is the lesson itself. */
export function drawLesson(lessons: readonly Lesson[], lesson: Lesson, variant: number): void {
  const { number, title, insight } = lesson;
  const twist = lesson.twists?.[variant - 1];
  document.title = `${title} · rouse`;
  document.body.dataset.mode = number === SCRATCH ? 'scratch' : 'lesson';
  byId('number').textContent =
    number === SCRATCH
      ? 'Free-form page'
      : `Lesson ${number} of ${lessons.filter((other) => other.number !== SCRATCH).length}`;
  byId('title').textContent = title;
  const prose = twist ? [twist.note] : lesson.prose;
  byId('prose').replaceChildren(...prose.map((text) => make('p', '', ...richText(text))));
  byId('question').hidden = twist !== undefined || !lesson.question;
  if (drawn !== lesson) {
    byId('insight').textContent = insight ?? '';
    byId('insight').hidden = true;
    drawQuestion(lesson);
    drawTwists(lesson);
    drawNext(lessons, lesson);
  }
  markTwists(variant);
  drawn = lesson;
  drawLinks(lessons, number);
}

/** A trace from a file has no lesson's texts, only notes. */
export function drawTraceTexts(lessons: readonly Lesson[], name: string, notes: readonly string[]): void {
  drawn = undefined;
  document.title = `${name} · rouse`;
  document.body.dataset.mode = 'trace';
  byId('number').textContent = 'A trace';
  byId('title').textContent = name;
  byId('prose').replaceChildren(...notes.map((text) => make('p', '', text)));
  byId('twists').replaceChildren();
  for (const id of ['question', 'insight', 'next']) byId(id).hidden = true;
  drawLinks(lessons, -1);
}
