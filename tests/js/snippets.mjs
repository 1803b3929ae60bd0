// Fifty small programs in which the order of what is printed depends on microtasks, timers, errors and
// the forms of the language that a rewriter can break.
import { lessonFolders, lessonSources } from '../../tools/lesson-source.mjs';

const sleep = 'const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n';
const log = 'const log = (text) => console.log(text);\n';

const sources = {
  'await of a value': `(async () => { console.log(1); await 0; console.log(3); })(); console.log(2);`,
  'two async functions take turns': `async function f(n) { for (let i = 0; i < 3; i++) { console.log(n, i); await null; } }
f('a'); f('b');`,
  'return of a promise takes three ticks': `async function f() { return Promise.resolve('f'); }
async function g() { return 'g'; }
f().then(console.log); g().then(console.log);
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));`,
  'return await': `async function f() { return await Promise.resolve('f'); }
f().then(console.log);
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));`,
  'return in try': `async function f() { try { return Promise.reject(new Error('no')); } catch { console.log('not here'); } finally { console.log('finally'); } }
f().catch((error) => console.log(error.message));
Promise.resolve().then(() => console.log(1)).then(() => console.log(2));`,
  'catch of an awaited rejection': `async function f() { try { await Promise.reject(new Error('x')); } catch (e) { console.log(e.message); } finally { console.log('end'); } }
await f(); console.log('after');`,
  'a throw before the first await': `async function f() { throw new Error('early'); }
f().catch((e) => console.log(e.message)); console.log('sync');`,
  'a rejection passes two functions': `async function a() { await null; throw new Error('deep'); }
async function b() { await a(); console.log('never'); }
await b().catch((e) => console.log(e.message));`,
  'nested try': `async function f() { try { try { await Promise.reject(1); } finally { console.log('in'); } } catch (e) { console.log('out', e); } }
await f();`,
  'a thenable': `const thenable = { then(done) { console.log('then'); done(7); } };
(async () => { console.log(await thenable); })();
Promise.resolve().then(() => console.log('a')).then(() => console.log('b')).then(() => console.log('c'));`,
  'timers and microtasks': `setTimeout(() => { console.log('t1'); Promise.resolve().then(() => console.log('m1')); }, 0);
setTimeout(() => console.log('t2'), 0); console.log('s');`,
  'timers by due time': `setTimeout(() => console.log(30), 30); setTimeout(() => console.log(10), 10); setTimeout(() => console.log(20), 20);`,
  'a cleared timer': `const id = setTimeout(() => console.log('no'), 5); clearTimeout(id); setTimeout(() => console.log('yes'), 8);`,
  'an interval until it is cleared': `let n = 0;
const id = setInterval((text) => { console.log(text, ++n); if (n === 3) clearInterval(id); }, 5, 'round');`,
  'an interval beside a timer': `let n = 0;
const id = setInterval(() => { console.log('interval', ++n); if (n === 2) clearInterval(id); }, 20);
setTimeout(() => console.log('timer'), 30); console.log('set');`,
  'an interval that is cleared before it fires': `const id = setInterval(() => console.log('no'), 5); clearInterval(id); setTimeout(() => console.log('yes'), 8);`,
  'timer arguments': `setTimeout((a, b) => console.log(a + b), 1, 2, 3);`,
  queueMicrotask: `queueMicrotask(() => console.log('m')); Promise.resolve().then(() => console.log('p')); console.log('s');`,
  'sleep sort': `${sleep}await Promise.all([30, 10, 20].map(async (n) => { await sleep(n); console.log(n); })); console.log('all');`,
  'race and its loser': `${sleep}const slow = async (n) => { await sleep(n); console.log('done', n); return n; };
console.log(await Promise.race([slow(20), slow(10)])); await sleep(30);`,
  'any and allSettled': `${sleep}const no = async (n) => { await sleep(n); throw n; };
const yes = async (n) => { await sleep(n); return n; };
console.log(await Promise.any([no(1), yes(2)])); console.log((await Promise.allSettled([no(1), yes(1)])).map((r) => r.status).join());`,
  'an arrow with an expression': `const twice = async (x) => await Promise.resolve(2 * x); console.log(await twice(4));`,
  'an arrow that gives an object': `const make = (a) => ({ a, b: [a] }); console.log(make(3).b[0]); const f = a => b => c => a + b + c; console.log(f(1)(2)(3));`,
  'an arrow with comments': `const f = (x /* => */) => /* => */ (x + 1); console.log(f(1)); const g = async x => // here
  x; console.log(await g(2));`,
  'methods, getters and this': `${log}const o = { n: 1, async f() { await null; return this.n; }, get g() { return this.n + 1; }, set s(v) { log(v); } };
log(await o.f()); log(o.g); o.s = 5;`,
  'a class': `class A { #p = 1; static make() { return new this(); } constructor() { console.log('A'); } async p() { return this.#p; } }
class B extends A { constructor() { super(); console.log('B'); } async p() { return 10 + await super.p(); } }
console.log(await B.make().p());`,
  'class fields that call': `const f = (x) => x + 1; class A { a = f(1); b = () => this.a; static c = f(2); } console.log(new A().b(), A.c);`,
  'a generator': `function* g() { const x = yield 1; console.log('got', x); try { yield 2; } finally { console.log('closed'); } }
const it = g(); console.log(it.next().value); console.log(it.next('x').value); it.return();`,
  'a spread generator': `function* g() { yield* [1, 2]; yield 3; } console.log([...g()].join());`,
  'an async generator': `async function* g() { for (let i = 0; i < 3; i++) { await null; yield i; } }
for await (const x of g()) console.log(x); console.log('end');`,
  'for await over promises': `${sleep}for await (const x of [sleep(5).then(() => 'a'), 'b']) { if (x === 'z') continue; console.log(x); }`,
  'for await with a break': `async function* g() { try { yield 1; yield 2; } finally { console.log('cleanup'); } }
for await (const x of g()) { console.log(x); break; } console.log('after');`,
  'optional chaining': `const o = { f: () => ({ g: () => 7 }) }; const n = null;
console.log(o?.f().g(), n?.f(console.log('not')).g(), o.h?.(), n?.[console.log('not')]);`,
  'optional await': `const o = { async f() { return 1; } }; console.log(await o?.f?.()); console.log((await o.f())?.toFixed());`,
  'no semicolons': `const a = 1
const b = async () => {
  await a
  console.log('b')
}
await b()
console.log('end')`,
  'await in every place': `const p = (x) => Promise.resolve(x);
const { a = await p(1) } = {}; const t = \`\${await p(2)}\`; const c = (await p(true)) ? await p('y') : 'n';
console.log(a, t, c, [await p(3)][0], { k: await p(4) }.k, -(await p(5)), await p(await p(6)));`,
  'a default parameter that calls': `const d = () => 3; function f(a = d(), { b = d() } = {}) { return a + b; } console.log(f(), f(1));`,
  hoisting: `console.log(f()); function f() { return g(); function g() { return 'hoisted'; } }`,
  'a directive': `function f() { 'use strict'; 'other'; return this === undefined; } console.log(f());`,
  'arguments and length': `function f(a, b) { return arguments.length; } console.log(f(1, 2, 3), f.length, f.name);`,
  'tagged templates and new': `const tag = (s, ...v) => s.raw.join('|') + v; console.log(tag\`a\${1}b\`);
const make = () => class { x = 1; }; console.log(new (make())().x);`,
  'an IIFE after a line': `let x = 0
;(() => { x = 5 })()
;[1, 2].forEach((n) => { x += n })
console.log(x)`,
  'labels and switch': `outer: for (const i of [1, 2, 3]) { switch (i) { case 2: await null; continue outer; default: console.log(i); } }`,
  'call as a target': `const o = {}; const get = () => o; get().x = 1; get().x++; [get().y, get()['z']] = [2, 3]; console.log(o.x, o.y, o.z);`,
  'an abort signal': `${sleep}const c = new AbortController();
const wait = (signal) => new Promise((done, fail) => { const id = setTimeout(done, 50); signal.addEventListener('abort', () => { clearTimeout(id); fail(new Error('aborted')); }); });
setTimeout(() => c.abort(), 10); await wait(c.signal).catch((e) => console.log(e.message));`,
  'a then chain beside awaits': `const chain = Promise.resolve(1).then((x) => { console.log('c', x); return x + 1; }).then((x) => console.log('c', x));
for (let i = 0; i < 3; i++) { console.log('l', i); await null; } await chain;`,
  'finally keeps the value': `console.log(await Promise.resolve(1).finally(() => console.log('f'))); await Promise.reject(2).finally(() => 3).catch((e) => console.log(e));`,
  'a promise that never settles': `(async () => { await new Promise(() => {}); console.log('never'); })(); console.log('end');`,
  'resolve with a promise': `new Promise((done) => done(Promise.resolve('inner'))).then(console.log);
Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));`,
  'a mutex of promises': `${sleep}let last = Promise.resolve(); const lock = (f) => (last = last.then(f));
lock(async () => { console.log('a in'); await sleep(5); console.log('a out'); }); await lock(() => console.log('b'));`,
  'an uncaught error of the module': `console.log('before'); await null; throw new Error('end of module');`,
  'an await in a finally': `async function f() { try { return 'value'; } finally { await null; console.log('cleanup'); } }
f().then(console.log); Promise.resolve().then(() => console.log(1)).then(() => console.log(2));`,
  'names like ours': `const $ = 1, f$ = 2, r = { result: 3 }; console.log($, f$, r.result);`,
  'comments and strings': `// await f() => {}
const s = 'await x => {}'; /* f( */ console.log(s.length, /a(b)=>/.test('ab=>')); // end`,
};

const snippets = Object.entries(sources).map(([name, source]) => ({ name, source }));

function lessonPrograms() {
  return lessonFolders().flatMap((folder) =>
    [...lessonSources(folder, 'js')].map(([version, source]) => ({ name: `${folder}/${version}.js`, source })),
  );
}

const isBridge = ({ source }) => /^import /m.test(source);
/** Each: { name, source }. */
export const programs = [...lessonPrograms().filter((program) => !isBridge(program)), ...snippets];
/** Those that load a C program. */
export const bridges = lessonPrograms().filter(isBridge);
