// Traces in and out of the page: what it saves is a trace by the checker and the schema, and comes back as it
// was; traces of other programs can be told, too.
import { expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { parse } from 'acorn';
import { readFileSync } from 'node:fs';
import { Program } from '../../dist/index.js';
import { tellC } from '../../dist/page/story/c-story.js';
import { rewrite } from '../../dist/page/run/rewrite-script.js';
import { exportTrace } from '../../dist/page/traces/trace-export.js';
import { importTrace } from '../../dist/page/traces/trace-import.js';
import { checkTrace } from '../../dist/trace-check.js';
import { folder } from './compile.mjs';
import { recordInNode } from './honesty.mjs';

const schema = new URL('../../docs/trace.schema.json', import.meta.url);
const validate = new Ajv.default({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
const told = ({ kind, task, a, b, c, t, text }) => ({ kind, task, a, b, c, t, text });
const tellAs = (events) => tellC('', { events, lines: [], lost: 0, exitCode: 0, frames: { shots: [], isFull: false } });

async function traceOf(name) {
  const program = await Program.load(readFileSync(`${folder}/${name}.traced.wasm`), { stdout() {}, stderr() {} });
  await program.run().catch(() => {});
  return program.trace();
}

test.each(['nap', 'trap', 'deadlock', 'bridge'].filter((name) => name !== 'bridge'))(
  '%s: out and in again',
  async (name) => {
    const trace = await traceOf(name);
    const source =
      'const f = async () => { await 1; console.log("x"); }; await f(); setTimeout(f, 5); throw new Error("y");';
    const { events: js } = await recordInNode(rewrite(source, parse));
    const file = exportTrace(trace, js);
    expect(checkTrace(file)).toEqual([]);
    expect(validate(file) ? [] : validate.errors).toEqual([]);
    const back = importTrace(JSON.stringify(file));
    expect(back.js).toEqual(js);
    expect(back.total).toBe(trace.events.length + js.length);
    expect(tellAs(back.events).map(({ text }) => text)).toEqual(tellAs(trace.events).map(({ text }) => text));
    expect(back.events.filter(({ kind }) => kind.startsWith('timer')).map(told)).toEqual(
      trace.events.filter(({ kind }) => kind.startsWith('timer')).map(told),
    );
  },
);

test('a trace that a native program wrote is told', () => {
  const { events, total, lost } = importTrace(readFileSync(new URL('traces/good.json', import.meta.url), 'utf8'));
  expect({ total, lost }).toEqual({ total: events.length, lost: 0 });
  expect(events.map(({ seq }) => seq)).toEqual([...events.keys()]);
  const moments = tellAs(events);
  expect(moments.map(({ text }) => text)).toContain('`child` is polled.');
  expect(moments.filter(({ fate }) => fate).length).toBeGreaterThan(3);
});

test('of a long one the beginning is kept, and the rest is counted', () => {
  const event = (seq) => ({
    ph: 'i',
    s: 't',
    cat: 'log',
    name: 'x',
    pid: 1,
    tid: 1,
    ts: seq,
    args: { seq, t: 0, task: 0, text: 'x' },
  });
  const traceEvents = Array.from({ length: 30_000 }, (_, seq) => event(seq));
  const text = JSON.stringify({ traceEvents, otherData: { format: 'rouse-trace/1', lost: 0 } });
  const { events, total } = importTrace(text);
  expect([events.length, total, events.at(-1).seq]).toEqual([20_000, 30_000, 19_999]);
});

test('what is no trace says so', () => expect(() => importTrace('{}')).toThrow('not a trace'));
