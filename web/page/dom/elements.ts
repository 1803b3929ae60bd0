// elements.ts: finds, makes and scrolls elements.
import { create, rich } from './patch.js';

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

export function make(tag: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** For the eye only: screen readers get the same in words elsewhere. */
export function hidden(element: HTMLElement): HTMLElement {
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** Text with `code` between backticks. */
export const richText = (text: string): Node[] => rich(text).map(create);

export function svg(tag: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** Scrolls `box`, never the page, until the span from `start` to `end` is in sight. It reads where the box is scrolled
    to, so do not call it between two changes of the document: each call would cost a layout. */
export function reveal(box: HTMLElement, start: number, end: number, axis: 'x' | 'y'): void {
  const at = axis === 'x' ? box.scrollLeft : box.scrollTop;
  const size = axis === 'x' ? box.clientWidth : box.clientHeight;
  if (start >= at && end <= at + size) return;
  const target = Math.max(Math.min(start, Math.max(start - size / 3, end - size)), 0);
  if (axis === 'x') box.scrollLeft = target;
  else box.scrollTop = target;
}
