// lesson.ts: a lesson as the build made it (tools/web.mjs): its texts, its sources, its modules.
import { getFile, getText } from '../dom/site-files.js';
import type { Programs } from '../run/programs.js';

/** What the answer is read from after the run. */
export type Check =
  | { pollsOf: string } // of a future, in C
  | { lineAfter: string; side?: 'c' | 'js' } // what is printed next; '' stands before the first
  | { endOf: 'c' | 'js' } // when the last line is printed, "200 ms"
  | { prints: string; side: 'c' | 'js' }; // "yes" or "no": is it printed at all

export interface Lesson {
  number: number; // 0: the free-form page
  folder: string;
  title: string;
  insight?: string;
  /** The JavaScript loads the C program and calls it. */
  isBridge?: boolean;
  /** Text between backticks is code. */
  prose: string[];
  question?: { text: string; options: string[]; check: Check };
  /** How much very many of a future take; `js`: measured bytes of the same in JavaScript. */
  slider?: { future: string; most: number; one: string; label: string; js: string };
  /** Variants to compare with. */
  twists?: Twist[];
}

export interface Twist {
  label: string;
  /** Takes the place of the prose. */
  note: string;
  /** Files that are its own, without their endings. */
  c?: string;
  js?: string;
}

export async function loadLessons(): Promise<Lesson[]> {
  return JSON.parse(await getText('lessons/index.json'));
}

/** A lesson's two programs, or those of a variant. */
export async function loadPrograms({ folder, isBridge }: Lesson, twist: Twist | undefined): Promise<Programs> {
  const [c, js] = [`${folder}/${twist?.c ?? 'lesson'}`, `${folder}/${twist?.js ?? 'lesson'}`];
  const [source, script, recorded, layouts, wasm] = await Promise.all([
    getText(`${c}.c`),
    getText(`${js}.js`),
    getText(`${js}.recorded.js`),
    getText(`${c}.frames.json`),
    getFile(`${c}.wasm`).then((response) => response.arrayBuffer()),
  ]);
  return {
    c: source.trimEnd(),
    js: script.trimEnd(),
    recorded,
    wasm,
    layouts: JSON.parse(layouts),
    ...(isBridge && { isBridge }),
  };
}
