// lesson.ts: a lesson as the build made it (tools/web.mjs), and how the page loads it.
import { getFile, getText } from '../dom/site-files.js';
import type { Programs } from '../run/programs.js';

/** Where the answer to a question is read from, after the run. */
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
  /** How many bytes a great many futures take; `js`: what one takes in JavaScript, measured. */
  slider?: { future: string; most: number; one: string; label: string; js: string };
  /** Variants to compare with. */
  twists?: Twist[];
}

export interface Twist {
  label: string;
  /** Is shown instead of the prose. */
  note: string;
  /** The files it has of its own, without their endings. */
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
