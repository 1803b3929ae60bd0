// The suite `packages`: the archive that `npm pack` makes, as those see it who install it.
// As a command: `node tests/packages/packages.mjs [words]` runs the checks whose names contain a word.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run } from '../../tools/process.mjs';
import { setUp } from '../../tools/setup.mjs';
import { browsers, closeBrowsers } from '../browser/open.mjs';
import { archiveChecks } from './archive.mjs';
import { consumers } from './consumers.mjs';
import { createChecks } from './create.mjs';
import { developChecks } from './develop.mjs';
import { errorChecks } from './errors.mjs';
import { pageChecks, Visitor } from './pages.mjs';
import { Workshop } from './workshop.mjs';

function equal(got, wanted) {
  if (got !== wanted) throw new Error(`expected:\n${wanted}\ngot:\n${got}`);
}

/** Follows a recipe; `npm install rouse` installs the archive. Gives what it printed. */
async function follow(workshop, consumer) {
  const folder = workshop.copy(consumer.name, consumer.folder);
  const installed = await workshop.install(folder);
  if (installed.code !== 0) throw new Error(installed.output);
  copyFileSync(await workshop.module(), join(folder, 'app.wasm'));
  const recipe = readFileSync(join(folder, 'recipe.sh'), 'utf8').replace('npm install rouse\n', '');
  const { code, output } = await run('sh', ['-e', '-c', recipe], {
    cwd: folder,
    env: workshop.environment(consumer.path),
  });
  if (code !== 0) throw new Error(`exit code ${code}\n${output}`);
  return { folder, output };
}

/** The same program under a node that is less kind. */
async function runAgain(folder, { again, printed }) {
  const { code, output } = await run('node', again, { cwd: folder });
  equal(`${output}exit ${code}`, `${printed}exit 0`);
}

/** A consumer that prints is done; of those with a page the folder is kept, for the browsers. */
function consumerChecks(workshop) {
  return consumers.map((consumer) => ({
    name: consumer.name,
    tool: consumer.tool,
    async run() {
      const { folder, output } = await follow(workshop, consumer);
      if (consumer.printed) equal(output.replaceAll(consumer.ignored ?? '\0', ''), consumer.printed);
      if (consumer.again) await runAgain(folder, consumer);
      if (consumer.title) workshop.pages.push({ ...consumer, folder });
    },
  }));
}

/** The files of the recipes are in docs/install.md, word for word. */
function recipeChecks() {
  const text = readFileSync(join(root, 'docs/install.md'), 'utf8');
  const blocks = new Map([...text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name, code]) => [name, code]));
  const folders = new Set(consumers.map(({ folder }) => folder));
  return [...folders].map((folder) => ({
    name: `recipe of ${folder}`,
    run() {
      const shown = [...blocks].filter(([name]) => name.startsWith(`${folder}/`));
      if (shown.length === 0) throw new Error('docs/install.md does not show it');
      for (const [name, code] of shown) equal(code, readFileSync(join(root, 'tests/packages', name), 'utf8'));
    },
  }));
}

/** `found`: the tools of tools/setup.mjs, by name. */
export async function testPackages(found, words = []) {
  const result = { passed: 0, failed: 0, skipped: [], log: '' };
  const workshop = await Workshop.open(found.consumers);
  const visitors = browsers.filter((name) => found[name]).map((browser) => new Visitor(workshop, browser));
  const checks = [
    ...archiveChecks(workshop),
    ...recipeChecks(),
    ...consumerChecks(workshop),
    ...visitors.flatMap((visitor) => pageChecks(workshop, visitor, consumers)),
    ...developChecks(workshop, visitors),
    ...errorChecks(workshop, visitors),
    ...createChecks(workshop, visitors),
  ];
  const wanted = checks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  for (const { name, tool, run: check } of wanted) {
    if (tool && !found[tool]) {
      result.skipped.push(`${name} (needs ${tool})`);
      continue;
    }
    const start = Date.now();
    try {
      await check();
      result.passed++;
      if (words.length > 0) console.log(`ok ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      result.failed++;
      result.log += `${name}: ${error.message}\n`;
    }
  }
  for (const visitor of visitors) await visitor.close();
  workshop.close();
  return result;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const { found } = await setUp([...browsers, 'npm', 'consumers', 'newest', 'wasmtime', 'gcc', 'cmake']);
  const { passed, failed, log } = await testPackages(found, words.length > 0 ? words : ['']);
  await closeBrowsers();
  if (log) console.log(log);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
