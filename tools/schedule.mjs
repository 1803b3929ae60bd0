// Runs suites side by side, and tells of each in its turn.
//
// A suite is { name, run, after, needs, builds }. `run` gives { passed, failed, skipped, note, log }; `after` names
// suites whose files it uses; `needs` is a tool that is not here: then it is skipped by name. Two run at a time: one
// that `builds`, which keeps every core busy by itself, beside one that mostly waits for a browser. When either kind
// is used up, two of the other run. Nothing is measured, so none has to be alone.
import { availableParallelism } from 'node:os';

/** A suite that breaks is one failure: the others still run. */
export async function runSuite({ name, needs, run }) {
  const start = Date.now();
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  try {
    if (needs) result.skipped = [`${name} (needs ${needs})`];
    else Object.assign(result, await run());
  } catch (error) {
    Object.assign(result, { failed: 1, log: error.stack });
  }
  return { ...result, seconds: Math.round((Date.now() - start) / 1000) };
}

/** The rarer kind is spread evenly, so that what is told in this order is told soon. */
export function interleave(one, other) {
  const placed = (list) => list.map((suite, i) => ({ suite, place: (i + 0.5) / list.length }));
  return [...placed(one), ...placed(other)].sort((a, b) => a.place - b.place).map(({ suite }) => suite);
}

/** Runs them all. `tell(suite, result, index)` is called in the order of the list, each as soon as it may be. */
export async function runAll(suites, tell, lanes = Math.min(2, availableParallelism())) {
  const names = new Set(suites.map(({ name }) => name));
  const waiting = new Set(suites);
  const running = new Map(); // from a suite to the end of its run
  const results = new Map();
  const isReady = ({ after = [] }) => after.every((name) => !names.has(name) || results.has(name));
  const next = () => {
    const ready = [...waiting].filter(isReady);
    const hasBuild = [...running.keys()].some(({ builds }) => builds);
    return ready.find(({ builds = false }) => builds !== hasBuild) ?? ready[0];
  };
  let told = 0;
  const end = (suite, result) => {
    running.delete(suite);
    results.set(suite.name, result);
    for (; told < suites.length && results.has(suites[told].name); told++)
      tell(suites[told], results.get(suites[told].name), told);
  };
  while (waiting.size + running.size > 0) {
    for (let suite; running.size < lanes && (suite = next());) {
      waiting.delete(suite);
      running.set(
        suite,
        runSuite(suite).then((result) => end(suite, result)),
      );
    }
    if (running.size === 0) throw new Error(`wait for one another: ${[...waiting].map(({ name }) => name)}`);
    await Promise.race(running.values());
  }
}
