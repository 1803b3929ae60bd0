// lesson.ts: a lesson as the build made it (tools/web.mjs): its texts, its two sources, its module.

export interface Question {
  text: string;
  options: string[];
  /** What the answer is read from after the run: the trace, or what C printed. */
  check: { pollsOf: string } | { lineAfter: string };
}

export interface Lesson {
  number: number;
  folder: string;
  title: string;
  insight: string;
  /** Text between backticks is code. */
  prose: string[];
  question: Question;
  /** The future of ROUSE_MAIN: made before the trace begins, so the trace does not name it. */
  main: string;
}

export interface Sources {
  c: string;
  js: string;
}

async function get(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  return response;
}

export async function loadLessons(): Promise<Lesson[]> {
  return (await get('lessons/index.json')).json();
}

export async function loadSources({ folder }: Lesson): Promise<Sources> {
  const text = async (name: string) => (await get(`${folder}/${name}`)).text();
  const [c, js] = await Promise.all([text('lesson.c'), text('lesson.js')]);
  return { c: c.trimEnd(), js: js.trimEnd() };
}
