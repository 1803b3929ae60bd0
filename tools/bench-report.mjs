// Tables of figures and of goals, as Markdown: docs/performance.md takes them as they are.

const ORDER = ['rouse', 'floor', 'cxx20', 'futures', 'smol', 'tokio', 'go', 'libuv', 'js', 'wbg'];

function figure(value) {
  if (value === undefined) return '';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}

const line = (fields) => `| ${fields.join(' | ')} |`;

/** One row per benchmark, one column per program; rows that only a peer has come last. */
export function printTable(cells) {
  const columns = ORDER.filter((who) => Object.values(cells).some((row) => who in row));
  const names = Object.keys(cells);
  const rows = [
    ...names.filter((name) => 'rouse' in cells[name]),
    ...names.filter((name) => !('rouse' in cells[name])),
  ];
  console.log(line(['ns per operation (mem: bytes)', ...columns]));
  console.log(`|---|${columns.map(() => '---:|').join('')}`);
  for (const name of rows)
    console.log(line([name, ...columns.map((who) => figure(cells[name][who]))]));
}

/** The peer's figure for a goal: of one row, or the sum of several. NaN when it was not measured. */
function peerFigure(goal, cells) {
  const rows = [goal.with ?? goal.row].flat();
  return rows.reduce((sum, row) => sum + (cells[row]?.[goal.peer] ?? NaN), 0);
}

function judgeOne(goal, cells) {
  const ours = cells[goal.row]?.rouse;
  const theirs = goal.bytes ?? peerFigure(goal, cells);
  if (ours === undefined || Number.isNaN(theirs)) return null;
  const reached = goal.atLeast ? theirs / ours : ours / theirs;
  const part = goal.atLeast ? reached / goal.atLeast : (goal.atMost ?? 1) / reached;
  const word = part >= 1 ? 'ok' : part >= goal.slack ? 'ok, within noise' : 'FALLS SHORT';
  const stretched = goal.stretch && reached >= goal.stretch ? ', and the stretch' : '';
  return {
    goal,
    reached,
    fails: !goal.bound && part < goal.slack,
    word: goal.bound && part < goal.slack ? 'beyond the bound' : word + stretched,
  };
}

/** A verdict for every goal of which both sides were measured. */
export function judge(goals, cells) {
  return goals.map((goal) => judgeOne(goal, cells)).filter((verdict) => verdict);
}

function wording({ peer, row, with: other, atLeast, atMost, stretch, bytes }) {
  if (bytes) return `<= ${bytes} bytes`;
  const rows = other ? ` ${[other].flat().join(' + ')}` : '';
  const who = peer === 'rouse' ? `our${rows}` : `${peer}${rows}`;
  const stretching = stretch ? ` (stretch ${stretch})` : '';
  const unit = row.startsWith('mem_') ? 'smaller than' : 'faster than';
  return atLeast ? `>= ${atLeast}x ${unit} ${who}${stretching}` : `<= ${atMost}x ${who}`;
}

export function printGoals(verdicts) {
  console.log(`\n${line(['benchmark', 'goal', 'reached', ''])}`);
  console.log('|---|---|---:|---|');
  for (const { goal, reached, word } of verdicts)
    console.log(line([goal.row, wording(goal), `${reached.toFixed(2)}x`, word]));
}
