// The goals of the benchmarks, as ratios within one run on one machine.
//   atLeast: the peer's figure divided by ours    atMost: ours divided by the peer's
//   bytes:   a plain limit: sizes in wasm are the same on every machine
//   ns:      the same in time: far from what it takes, so that the machine hardly matters
//   with:    the peer's row, where it is called otherwise; a list is added up
//   slack:   below this part of a goal the run fails; 1 for what is exact, 0.8 for time, 0.6 where
//            two runs of one program differ most
//   bound:   said of the floor, which is no runtime: reported, never a failure

const goal = (row, peer, atLeast, more = {}) => ({ row, peer, atLeast, slack: 0.8, ...more });
const limit = (row, peer, atMost, more = {}) => ({ row, peer, atMost, slack: 0.8, ...more });
const most = (row, bytes) => ({ row, bytes, slack: 0.99 }); // memory grows by whole pages
const floor = (row, atMost, withRow) => limit(row, 'floor', atMost, { with: withRow, bound: true });

const native = [
  limit('cat_1gb', 'plain', 1.5),
  goal('spawn_batch1000', 'tokio', 5, { stretch: 8 }),
  goal('spawn_batch1000', 'futures', 1.8),
  floor('spawn_batch1000', 3, 'spawn_batch1000_pool'),
  goal('spawn_all', 'tokio', 5),
  goal('spawn_all_untrimmed', 'tokio', 5),
  floor('spawn_all_untrimmed', 2, 'spawn_all_pool_untrimmed'),
  goal('spawn_join_one', 'tokio', 5),
  goal('spawn_join_one', 'futures', 2.5),

  goal('yield_1task', 'tokio', 4, { with: 'yield_1task_selfwake' }),
  goal('yield_1000tasks', 'tokio', 4, { with: 'yield_1000tasks_selfwake' }),
  floor('yield_1task', 2.5),
  floor('yield_1000tasks', 2.5),
  limit('yield_1task_nested3', 'rouse', 1.3, { with: 'yield_1task' }),
  limit('await_ready_leaf', 'floor', 4, { with: 'yield_1task' }),
  limit('await_pending_once', 'floor', 4, { with: 'yield_1task' }),

  goal('pingpong_notify', 'tokio', 4),
  floor('pingpong_notify', 2.4),

  goal('pingpong_chan', 'tokio', 4, { stretch: 7 }),
  floor('pingpong_chan', 2.5),
  goal('mpsc64_1p', 'tokio', 4),
  goal('mpsc64_1p', 'go', 3.4),
  floor('mpsc64_1p', 2.4),
  goal('mpsc64_100p', 'tokio', 4),
  goal('mpsc64_100p', 'go', 1.5),
  floor('mpsc64_100p', 3.2),
  goal('oneshot', 'tokio', 2),
  goal('mutex_uncontended', 'tokio', 5),
  goal('mutex_uncontended', 'futures', 1.2),
  limit('mutex_uncontended', 'cxx20', 2.4, { bound: true }),
  goal('mutex_10tasks_yield', 'tokio', 4),
  limit('mutex_10tasks_yield', 'cxx20', 2, { bound: true }),

  goal('timer_inscancel_one', 'tokio', 5),
  limit('timer_inscancel_one', 'libuv', 2),
  floor('timer_inscancel_one', 2.7, 'wheel_inscancel_one'),
  goal('timer_inscancel_all', 'tokio', 8),
  goal('timer_inscancel_all_untrimmed', 'tokio', 8),
  goal('timer_inscancel_all', 'libuv', 15),
  floor('timer_inscancel_all', 3, 'wheel_inscancel_all'),
  goal('timer_fire_100k', 'tokio', 8, { slack: 0.6 }),
  goal('timer_fire_100k', 'libuv', 5, { slack: 0.6 }),
  floor('timer_fire_100k', 2.5, ['wheel_fire_100k', 'spawn_all_pool']),
  goal('timer_fire_1m', 'tokio', 3, { slack: 0.6, stretch: 4 }),
  floor('timer_fire_1m', 1.7, ['wheel_us_fire_1m', 'spawn_all_pool']),

  goal('join_all_1000', 'tokio', 3),
  goal('join_all_1000', 'tokio', 6, { with: 'joinset_1000' }),
  limit('join_all_1000', 'cxx20', 1, { bound: true }),
  goal('futures_unordered_1000', 'futures', 1),
  goal('select2_drop', 'tokio', 2.5),
  goal('select2_timeout', 'tokio', 5),

  goal('mem_pending_1m', 'tokio', 4, { slack: 1 }),
  limit('mem_pending_1m', 'smol', 0.7, { slack: 1 }),
  goal('mem_sleep_1m', 'tokio', 4, { slack: 1 }),

  { row: 'trace_event', ns: 20, slack: 1 },
  { row: 'dump_text', ns: 2000, slack: 1 }, // of a task: 200 ms for 100,000 of them
  { row: 'dump_json', ns: 2000, slack: 1 },
];

// The same wherever it is WebAssembly.
const wasm = [
  floor('spawn_batch1000', 3, 'spawn_batch1000_pool'),
  goal('spawn_join_one', 'futures', 3),
  floor('yield_1task', 1.6),
  floor('yield_1000tasks', 1.6),
  limit('yield_1task_nested3', 'rouse', 1.3, { with: 'yield_1task' }),
  limit('await_ready_leaf', 'floor', 3, { with: 'yield_1task' }),
  limit('await_pending_once', 'floor', 3, { with: 'yield_1task' }),
  goal('pingpong_notify', 'tokio', 4),
  floor('pingpong_notify', 2.4),
  goal('pingpong_chan', 'tokio', 4),
  floor('pingpong_chan', 2.5),
  goal('mpsc64_1p', 'tokio', 4),
  floor('mpsc64_1p', 2.4),
  goal('mpsc64_100p', 'tokio', 5),
  floor('mpsc64_100p', 3.2),
  goal('oneshot', 'tokio', 2),
  goal('mutex_uncontended', 'tokio', 5),
  floor('timer_inscancel_all', 3, 'wheel_inscancel_all'),
  floor('timer_fire_100k', 2.5, ['wheel_fire_100k', 'spawn_all_pool']),
  floor('timer_fire_1m', 1.7, ['wheel_us_fire_1m', 'spawn_all_pool']),
  limit('join_all_1000', 'cxx20', 1, { bound: true }),
  goal('futures_unordered_1000', 'futures', 1),
  goal('select2_drop', 'tokio', 2),
];

const wasmtime = [
  ...wasm,
  limit('cat_1gb', 'plain', 1.5),
  goal('spawn_batch1000', 'tokio', 4),
  goal('spawn_batch1000', 'futures', 2.5),
  goal('spawn_all', 'tokio', 4),
  goal('yield_1task', 'tokio', 3, { with: 'yield_1task_selfwake' }),
  goal('yield_1000tasks', 'tokio', 3, { with: 'yield_1000tasks_selfwake' }),
  goal('mutex_10tasks_yield', 'tokio', 4),
  goal('timer_inscancel_one', 'tokio', 8),
  goal('timer_inscancel_all', 'tokio', 10),
  goal('timer_fire_100k', 'tokio', 5, { slack: 0.6 }),
  goal('timer_fire_1m', 'tokio', 3, { slack: 0.6 }),
  goal('join_all_1000', 'tokio', 2, { stretch: 3 }),
  goal('select2_timeout', 'tokio', 7),
  goal('mem_pending_1m', 'tokio', 4, { slack: 1 }),
  limit('mem_pending_1m', 'futures', 0.8, { slack: 1 }),
  most('mem_sleep_1m', 72),
];

const v8 = [
  ...wasm,
  goal('spawn_batch1000', 'tokio', 3),
  goal('spawn_batch1000', 'wbg', 2),
  goal('spawn_all', 'tokio', 3),
  goal('yield_1task', 'tokio', 2.5, { with: 'yield_1task_selfwake' }),
  goal('yield_1000tasks', 'tokio', 2.5, { with: 'yield_1000tasks_selfwake' }),
  goal('mutex_10tasks_yield', 'tokio', 3.5),
  goal('timer_inscancel_one', 'tokio', 5),
  goal('timer_inscancel_all', 'tokio', 6),
  goal('timer_inscancel_all', 'js', 50, { slack: 0.6 }),
  goal('timer_fire_100k', 'tokio', 4, { slack: 0.6 }),
  goal('timer_fire_1m', 'tokio', 4, { slack: 0.6 }),
  goal('join_all_1000', 'tokio', 2),
  goal('select2_timeout', 'tokio', 4),
  most('mem_pending_1m', 48),
];

// A browser's promises are twice as fast as Node's: only there a goal is set against them.
const node = [
  ...v8,
  goal('await_resolved', 'wbg', 6),
  goal('await_resolved', 'em-asyncify', 1.7),
  limit('await_resolved', 'js', 4, { slack: 0.6 }),
  floor('await_resolved', 2.1),
  goal('await_1000tasks', 'wbg', 5),
  floor('await_1000tasks', 2.1),
  goal('expose_ready', 'wbg', 3),
  limit('expose_ready', 'em-asyncify', 1.7),
  floor('expose_ready', 2.6),
  goal('expose_pending_once', 'wbg', 3),
  goal('yield_1task', 'js', 4, { slack: 0.6 }),
  goal('yield_1000tasks', 'js', 4, { slack: 0.6 }),
];

// wbg-then: wasm-bindgen with its hop through queueMicrotask replaced, which is one line of it.
const chromium = [
  ...v8,
  goal('await_resolved', 'wbg', 10),
  goal('await_resolved', 'wbg-then', 3.8),
  goal('await_resolved', 'em-asyncify', 2.5),
  limit('await_resolved', 'em-jspi', 1),
  floor('await_resolved', 2.1),
  goal('await_1000tasks', 'wbg', 3),
  goal('await_1000tasks', 'em-jspi', 1.8),
  floor('await_1000tasks', 2.1),
  goal('expose_ready', 'wbg', 10),
  goal('expose_ready', 'wbg-then', 2.3),
  goal('expose_ready', 'em-jspi', 2.9),
  limit('expose_ready', 'em-asyncify', 1.7),
  goal('expose_pending_once', 'wbg', 8),
  goal('expose_pending_once', 'wbg-then', 2),
  goal('expose_pending_once', 'em-jspi', 3.5),
];

const byHost = { native, wasmtime, node, chromium };
export const goalsOf = (host) => byHost[host];

// What is run side by side: our program, and for each peer the filter that picks its counterparts.
// A peer without a filter here has nothing to compare. `all`: a program that knows no filter.
const rust = { tokio: true, futures: true, smol: true };
const scripts = { js: true, wbg: true };

// Memory given back to the system in between and asked for again is most of what a million tasks
// or timers cost a peer that uses malloc. In the untrimmed groups nobody gives any back.
const untrimmed = { suffix: '_untrimmed', env: { MALLOC_TRIM_THRESHOLD_: '4000000000' } };

export const groups = [
  { program: 'cat', feeds: 'cat_1gb', bytes: 1 << 30, on: ['native', 'wasmtime'], peers: {} },
  {
    program: 'spawn',
    filter: 'spawn',
    peers: { floor: true, cxx20: true, ...rust, go: true, ...scripts },
  },
  {
    program: 'spawn',
    filter: 'spawn_all',
    ...untrimmed,
    peers: { floor: true, cxx20: true, ...rust },
  },
  {
    program: 'yield',
    filter: 'yield_1',
    peers: { floor: true, cxx20: true, ...rust, go: true, ...scripts },
  },
  {
    program: 'await',
    filter: '',
    peers: { floor: 'yield_1task', cxx20: 'call_ready_child', js: 'await_resolved' },
  },
  {
    program: 'notify',
    filter: 'pingpong_notify',
    peers: { floor: true, cxx20: true, ...rust },
  },
  {
    program: 'channel',
    filter: 'pingpong_chan',
    peers: { floor: true, cxx20: true, ...rust, go: true },
  },
  { program: 'channel', filter: 'mpsc64', peers: { floor: true, cxx20: true, ...rust, go: true } },
  { program: 'channel', filter: 'oneshot', peers: { tokio: true, futures: true, go: true } },
  { program: 'lock', filter: 'mutex', peers: { cxx20: true, ...rust, go: true } },
  {
    program: 'timer',
    filter: 'timer',
    peers: { floor: 'wheel', smol: true, tokio: true, go: true, libuv: 'all', js: true },
  },
  { program: 'timer', filter: 'timer_inscancel_all', ...untrimmed, peers: { tokio: true } },
  { program: 'select', filter: 'select2', peers: { ...rust, go: true, js: true } },
  { program: 'set', filter: 'futures_unordered', peers: { futures: true } },
  { program: 'stream', filter: '', peers: {} },
  { program: 'io', filter: '', peers: {} },
  {
    program: 'join',
    filter: 'join',
    peers: {
      cxx20: 'join_all',
      tokio: 'join',
      futures: 'join_all',
      go: 'join_all',
      js: 'join_all',
    },
  },
  ...['await_', 'expose_'].map((filter) => ({
    program: 'bridge',
    kindOfOurs: 'bridge',
    filter,
    on: ['node', 'chromium'],
    peers: { js: true, bridges: true },
  })),
  {
    program: 'memory',
    kind: 'mem_pending',
    peers: { cxx20: true, ...rust, go: true, ...scripts },
  },
  { program: 'memory', kind: 'mem_sleep', peers: { tokio: true, go: true } },
];
