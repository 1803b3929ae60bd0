// size-slider.ts: how many bytes a great many of a lesson's futures take. The size of one comes from the recording;
// the size of a promise cannot be asked at run time, so the build measures it.
import { byId } from '../dom/elements.js';
import type { Moment } from '../story/moment.js';
import type { Lesson } from './lesson.js';

const PLACES = 100; // of the slider, from one to `most`: each is so many times more than the last

const count = (number: number) => number.toLocaleString('en');

function bytesOf(future: string, moments: readonly Moment[]): number {
  const isOne = ({ side, born }: Moment) => side === 'c' && born?.name.split(' ')[0] === future;
  return moments.find(isOne)?.born?.bytes ?? 0;
}

/** Shows the slider if the lesson has one and its future was made. */
export function drawSlider(slider: Lesson['slider'], moments: readonly Moment[]): void {
  const box = byId('sizes');
  const each = slider ? bytesOf(slider.future, moments) : 0;
  box.hidden = !slider || each === 0;
  if (!slider || box.hidden) return;
  const input = byId<HTMLInputElement>('many');
  const draw = () => {
    const many = Math.round(slider.most ** (Number(input.value) / PLACES));
    const bytes = { c: many * each, js: many * Number(slider.js) };
    const text = { c: `${count(bytes.c)} bytes`, js: `about ${count(bytes.js)} bytes` };
    byId('many-count').textContent = `${count(many)} ${many === 1 ? slider.one : slider.label}`;
    byId('many-c').textContent = text.c;
    byId('many-js').textContent = text.js;
    input.setAttribute('aria-valuetext', `${count(many)}: C ${text.c}, JavaScript ${text.js}`);
  };
  input.oninput = draw;
  draw();
}
