// Trace files: a good one passes, and each rule has files that break it.
import { describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { checkTrace, TRACE_RULES } from '../../dist/trace/trace-check.js';
import { convertTrace, kindOf, parseTrace, traceStats } from '../../dist/trace/trace-file.js';

const text = readFileSync(new URL('traces/good.json', import.meta.url), 'utf8');
const good = () => parseTrace(text);
const find = (file, kind) => file.traceEvents.find((event) => event.args?.seq >= 0 && kindOf(event) === kind);
const dropOf = (fut) => ({ cat: 'fut', name: 'drop', args: { seq: 16, t: 0, task: 2, fut } });
const broken = (change) => {
  const file = good();
  change(file, file.traceEvents);
  return checkTrace(file);
};

test('a good trace has no problems, on either time axis', () => {
  expect(checkTrace(good())).toEqual([]);
  const clock = convertTrace(good(), 'clock');
  expect(checkTrace(clock)).toEqual([]);
  expect(clock.otherData.base).toBe('clock');
  expect(convertTrace(clock, 'logical')).toEqual(good());
});

test('the schema takes it, and refuses one without numbers', () => {
  const schema = new URL('../../docs/trace.schema.json', import.meta.url);
  const validate = new Ajv.default({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
  const errors = (file) => (validate(file) ? [] : validate.errors);
  expect(errors(good())).toEqual([]);
  expect(errors(convertTrace(good(), 'clock'))).toEqual([]);
  const bad = good();
  delete bad.traceEvents[0].args.seq;
  expect(errors(bad)).not.toEqual([]);
});

test('is summed up task by task', () => {
  const { events, lost, milliseconds, kinds, tasks, neverPolled } = traceStats(good());
  expect({ events, lost, milliseconds }).toEqual({ events: 41, lost: 0, milliseconds: 0 });
  expect(kinds).toMatchObject({ poll: 11, turn: 6, wake: 5, 'fut.create': 6 });
  expect(tasks).toEqual([
    { task: 2, name: 'main', polls: 2, wakes: 2, outcome: 'done' },
    { task: 3, name: 'child', polls: 3, wakes: 3, outcome: 'failed (-3)' },
  ]);
  expect(neverPolled).toEqual(['rouse_sleep']);
});

test('lints are listed with what to do', () => {
  const file = good();
  const args = { seq: 41, t: 0, task: 3, lint: 'self-wakes', fut: 3, text: 'keep the waker' };
  file.traceEvents.push({ ph: 'i', pid: 1, tid: 103, cat: 'lint', name: 'self-wakes', s: 't', ts: 41000, args });
  expect(traceStats(file).lints).toEqual([{ lint: 'self-wakes', task: 3, text: 'keep the waker' }]);
});

describe('what is no trace is told what it is', () => {
  const cases = {
    'cut off': text.slice(0, text.length / 2),
    'not JSON': '<!DOCTYPE html>',
    'not a trace': '{"a": 1}',
    'another program': '{"traceEvents": [], "otherData": {}}',
    'reads rouse-trace/1': '{"traceEvents": [], "otherData": {"format": "rouse-trace/9"}}',
  };
  test.each(Object.entries(cases))('%s', (message, file) => {
    expect(() => parseTrace(file)).toThrow(message);
  });
});

// One broken file per way to break a rule: [rule, what the message says, how it was broken].
const breaks = [
  ['shape', 'unknown phase', (_, events) => (events[0].ph = 'B')],
  ['shape', 'no pid, tid or name', (_, events) => delete events[0].tid],
  ['shape', 'metadata with a time', (_, events) => (events.at(-1).ts = 0)],
  ['shape', 'no time', (_, events) => delete events[0].ts],
  ['shape', 'without a length', (file) => (find(file, 'poll').dur = -1)],
  ['shape', 'no args.seq', (_, events) => delete events[0].args.seq],
  ['kinds', 'unknown kind fut.vanish', (_, events) => (events[0].name = 'vanish')],
  ['order', 'another order', (_, events) => events.unshift(events.splice(3, 1)[0])],
  ['order', 'twice', (_, events) => events.unshift(events[0])],
  ['order', 'seq 8 is missing', (file, events) => events.splice(events.indexOf(find(file, 'log')), 1)],
  ['nesting', 'overlaps', (file) => (find(file, 'turn').dur += 3000)],
  ['flows', 'never began', (file, events) => events.splice(events.indexOf(find(file, 'wake')), 1)],
  ['flows', 'before it begins', (file) => (find(file, 'wake').ts = 1e9)],
  ['futures', 'created twice', (file) => (find(file, 'fut.move').name = 'create')],
  ['futures', 'never created', (file) => (find(file, 'fut.create').name = 'drop')],
  ['futures', 'after it was done', (file) => (find(file, 'poll').args.res = 'ready')],
  ['futures', 'dropped twice', (file) => Object.assign(find(file, 'task.join'), dropOf(4))],
  [
    'futures',
    'has no end',
    (_, events) =>
      events.splice(
        events.findIndex((e) => e.args?.by === 'end'),
        1,
      ),
  ],
];
test.each(breaks)('%s: %s', (rule, message, change) => {
  const problems = broken(change).filter((problem) => problem.rule === rule);
  expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
});

test('every rule has a file that breaks it', () => {
  expect(new Set(breaks.map(([rule]) => rule))).toEqual(new Set(TRACE_RULES));
});

test('a ring that lost its beginning is judged by what is left', () => {
  const file = good();
  const from = file.traceEvents.findIndex((event) => event.args?.seq >= 21);
  file.traceEvents.splice(0, from);
  file.otherData.lost = 21;
  expect(checkTrace(file).filter(({ rule }) => rule !== 'flows')).toEqual([]);
});
