// lesson.ts: a lesson as the build made it (tools/web.mjs): its texts, its sources, its modules.

/** What the answer is read from after the run. */
export type Check =
  | { pollsOf: string } // of a future, in C
  | { lineAfter: string; side?: 'c' | 'js' } // what is printed next
  | { endOf: 'c' | 'js' } // when the last line is printed, "200 ms"
  | { prints: string; side: 'c' | 'js' }; // "yes" or "no": is it printed at all

export interface Lesson {
  number: number;
  folder: string;
  title: string;
  insight: string;
  /** Text between backticks is code. */
  prose: string[];
  question: { text: string; options: string[]; check: Check };
  /** A variant to compare with: which of the two sources are others. */
  twist: { label: string; note: string; c?: boolean; js?: boolean };
}

export interface Programs {
  c: string;
  js: string;
  wasmUrl: string;
  jsUrl: string;
}

async function get(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return response;
}

export async function loadLessons(): Promise<Lesson[]> {
  return (await get('lessons/index.json')).json();
}

/** A lesson's two programs, or those of its variant. */
export async function loadPrograms({ folder, twist }: Lesson, isTwisted: boolean): Promise<Programs> {
  const path = (isOther: boolean | undefined) => `${folder}/${isTwisted && isOther ? 'twist' : 'lesson'}`;
  const text = async (name: string) => (await (await get(name)).text()).trimEnd();
  const [c, js] = [path(twist.c), path(twist.js)];
  const [cText, jsText] = await Promise.all([text(`${c}.c`), text(`${js}.js`)]);
  return { c: cText, js: jsText, wasmUrl: `${c}.wasm`, jsUrl: `${js}.recorded.js` };
}
