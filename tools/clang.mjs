// The clang that npm carries, for scripts: paths are from the root, and a failure throws.
import { runTool } from '../wasm/npm/cli/clang.js';
import { root } from './process.mjs';

export { compilerVersion, runTool } from '../wasm/npm/cli/clang.js';

/** Prints warnings, throws with what clang said if it fails. */
export async function clang(args, { cwd = root } = {}) {
  const { code, output } = await runTool('clang', args, { cwd });
  if (code !== 0) throw new Error(`clang ${args.join(' ')} failed\n${output}`);
  if (output) process.stderr.write(output);
}
