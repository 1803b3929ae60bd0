// The clang that npm carries, for scripts: paths are from the root, and a failure throws.
import { runTool } from '../wasm/js/cli/clang.js';
import { root } from './process.mjs';

export { compilerVersion, runTool } from '../wasm/js/cli/clang.js';

/** Throws with what it said if a tool fails. */
async function must(tool, args, cwd) {
  const { code, output } = await runTool(tool, args, { cwd });
  if (code !== 0) throw new Error(`${tool} ${args.join(' ')} failed\n${output}`);
  return output;
}

/** Prints warnings, throws with what clang said if it fails. */
export async function clang(args, { cwd = root } = {}) {
  const output = await must('clang', args, cwd);
  if (output) process.stderr.write(output);
}

/** Puts objects into a new archive at `path`, which it gives. */
export async function archive(path, objects) {
  await must('ar', ['qc', path, ...objects], root);
  return path;
}
