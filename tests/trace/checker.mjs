// `node checker.mjs TSC CHECKER SOURCE...`: compiles dist/, unless CHECKER is newer than all sources. Each build
// folder has to ask, and one compilation serves them all.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

const [tsc, checker, ...sources] = process.argv.slice(2);
const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isCurrent = sources.every((source) => changed(source) < changed(checker));
if (!isCurrent) process.exitCode = spawnSync(process.execPath, [tsc, '-p', '.'], { stdio: 'inherit' }).status;
