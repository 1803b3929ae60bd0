// Tables of figures and of goals, as Markdown. docs/performance.md has them between two comments per host.
import { readFileSync, writeFileSync } from 'node:fs';

const ORDER = [
  'rouse',
  'floor',
  'cxx20',
  'futures',
  'smol',
  'tokio',
  'go',
  'libuv',
  'js',
  'wbg',
  'wbg-then',
  'em-val',
  'em-asyncify',
  'em-jspi',
];

function figure(value) {
  if (value === undefined) return '';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}

const line = (fields) => `| ${fields.join(' | ')} |`;

/** One row per benchmark, one column per program; rows that only a peer has come last. */
function table(cells) {
  const columns = ORDER.filter((who) => Object.values(cells).some((row) => who in row));
  const names = Object.keys(cells);
  const rows = [
    ...names.filter((name) => 'rouse' in cells[name]),
    ...names.filter((name) => !('rouse' in cells[name])),
  ];
  return [
    line(['ns per operation (mem: bytes)', ...columns]),
    `|---|${columns.map(() => '---:|').join('')}`,
    ...rows.map((name) => line([name, ...columns.map((who) => figure(cells[name][who]))])),
  ];
}

/** The peer's figure for a goal: of one row, or the sum of several. NaN when it was not measured. */
function peerFigure(goal, cells) {
  const rows = [goal.with ?? goal.row].flat();
  return rows.reduce((sum, row) => sum + (cells[row]?.[goal.peer] ?? NaN), 0);
}

function judgeOne(goal, cells) {
  const ours = cells[goal.row]?.rouse;
  const theirs = goal.bytes ?? goal.ns ?? peerFigure(goal, cells);
  if (ours === undefined || Number.isNaN(theirs)) return null;
  const reached = goal.atLeast ? theirs / ours : ours / theirs;
  const part = goal.atLeast ? reached / goal.atLeast : (goal.atMost ?? 1) / reached;
  const word = part >= 1 ? 'ok' : part >= goal.slack ? 'ok, within noise' : 'FALLS SHORT';
  const stretched = goal.stretch && reached >= goal.stretch ? ', and the stretch' : '';
  return {
    goal,
    ours,
    reached,
    fails: !goal.bound && part < goal.slack,
    word: goal.bound && part < goal.slack ? 'beyond the bound' : word + stretched,
  };
}

/** A verdict for every goal of which both sides were measured. */
export function judge(goals, cells) {
  return goals.map((goal) => judgeOne(goal, cells)).filter((verdict) => verdict);
}

function wording({ peer, row, with: other, atLeast, atMost, stretch, bytes, ns }) {
  if (bytes) return `<= ${bytes} bytes`;
  if (ns) return `<= ${ns} ns`;
  const rows = other ? ` ${[other].flat().join(' + ')}` : '';
  const who = peer === 'rouse' ? `our${rows}` : `${peer}${rows}`;
  const stretching = stretch ? ` (stretch ${stretch})` : '';
  const unit = row.startsWith('mem_') ? 'smaller than' : 'faster than';
  return atLeast ? `>= ${atLeast}x ${unit} ${who}${stretching}` : `<= ${atMost}x ${who}`;
}

function goalTable(verdicts) {
  return [
    line(['benchmark', 'ours', 'goal', 'reached', '']),
    '|---|---:|---|---:|---|',
    ...verdicts.map(({ goal, ours, reached, word }) =>
      line([goal.row, figure(ours), wording(goal), `${reached.toFixed(2)}x`, word]),
    ),
  ];
}

export function report(cells, verdicts) {
  return [...table(cells), '', ...goalTable(verdicts)].join('\n');
}

/** Puts a host's report where the document has its place. */
export function writeInto(path, host, text) {
  const begin = `<!-- bench ${host} -->\n`;
  const end = '<!-- end -->';
  const [before, rest] = readFileSync(path, 'utf8').split(begin);
  if (rest === undefined) throw new Error(`${path} has no "${begin.trim()}"`);
  const after = rest.slice(rest.indexOf(end));
  writeFileSync(path, `${before}${begin}\n${text}\n\n${after}`);
}
