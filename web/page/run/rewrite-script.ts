// rewrite-script.ts: puts the recorder's hooks (js-recorder.ts) into a JavaScript module, by insertion only: every
// character of the program stays, in its order and on its line.
//
//   await e               ->  $r.resume($f, await $r.pause($f, 7, "e", e))
//   f(x)                  ->  $r.result($r.at($f, 7), f(x))
//   import { f } from "m" ->  const { f }=$modules["m"]; with the import as a comment
//   while (x) { body }    ->  while (x) {$r.burn($f,7); body }
//   function f() { body } ->  function f() {const $f=$r.enter(…);try{ body }catch … finally{$r.exit($f)}}
//
// The parser gives ESTree with `loc`. It is an argument, because the build and the page load it from different
// places.

type Node = {
  type: string;
  start: number;
  end: number;
  loc: { start: { line: number } };
  [key: string]: any;
};

/** acorn's `parse`, or one that does the same. */
export type Parse = (source: string, options: object) => unknown;

interface Insertion {
  at: number;
  opens: boolean;
  text: string;
}

const LONGEST_TEXT = 40;
const LOOPS = new Set(['WhileStatement', 'DoWhileStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const isNode = (value: unknown): value is Node => typeof (value as Node)?.type === 'string';

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

/** Openers are added before the children are visited and closers after: at one place the outer opener
    stands first and the inner closer first. */
class Rewriter {
  private readonly insertions: Insertion[] = [];

  constructor(
    private readonly source: string,
    private readonly arrows: number[], // where each `=>` ends
  ) {}

  private open(at: number, text: string): void {
    this.insertions.push({ at, opens: true, text });
  }

  private close(at: number, text: string): void {
    this.insertions.push({ at, opens: false, text });
  }

  private wrap(node: Node, before: string, after: string): void {
    this.open(node.start, before);
    this.children(node);
    this.close(node.end, after);
  }

  private children(node: Node): void {
    for (const child of childrenOf(node)) this.visit(child, node);
  }

  private text(node: Node): string {
    const text = this.source.slice(node.start, node.end).replace(/\s+/g, ' ');
    return JSON.stringify(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text);
  }

  visit(node: Node, parent?: Node): void {
    const { type } = node;
    if (FUNCTIONS.has(type)) this.function(node, parent);
    else if (type === 'AwaitExpression') this.wait(node);
    else if (type === 'YieldExpression' && !node.delegate) this.wait(node);
    else if (LOOPS.has(type)) this.loop(node);
    else if (type === 'ChainExpression' && node.expression.type === 'CallExpression') this.chain(node);
    else if (type === 'CallExpression' && node.callee.type !== 'Super') this.call(node);
    else if (type === 'ChainExpression') this.spine(node.expression);
    else if (type === 'ImportDeclaration') this.import(node);
    else if (type === 'CatchClause') this.entry(node.body, node);
    else if (type === 'TryStatement' && node.finalizer) this.try(node);
    else this.children(node);
  }

  /** A blob cannot import by name. A program with another form of import does not run, and says so. */
  private import(node: Node): void {
    const isPlain = node.specifiers.every(
      (one: Node) => one.type === 'ImportSpecifier' && one.imported.name === one.local.name,
    );
    if (!isPlain) return;
    const names = node.specifiers.map((one: Node) => one.local.name).join(',');
    this.open(node.start, `const{${names}}=$modules[${JSON.stringify(node.source.value)}];/*`);
    this.close(node.end, '*/');
  }

  private wait(node: Node): void {
    const { line } = node.loc.start;
    this.open(node.start, '$r.resume($f,');
    const { argument } = node;
    if (argument) this.open(argument.start, `$r.pause($f,${line},${this.text(argument)},`);
    this.children(node);
    if (argument) this.close(argument.end, ')');
    this.close(node.end, ')');
  }

  /** Each round burns fuel. The wait of a `for await` is not recorded, only that the frame runs again. */
  private loop(node: Node): void {
    const { body, right } = node;
    const { line } = node.loc.start;
    const isBlock = body.type === 'BlockStatement';
    const burn = `${node.await ? '$r.caught($f);' : ''}$r.burn($f,${line});`;
    for (const child of childrenOf(node)) {
      if (child === right && node.await) this.open(right.start, `$r.pause($f,${line},${this.text(right)},`);
      if (child === body) this.open(isBlock ? body.start + 1 : body.start, isBlock ? burn : `{${burn}`);
      this.visit(child, node);
      if (child === right && node.await) this.close(right.end, ')');
      if (child === body && !isBlock) this.close(body.end, '}');
    }
  }

  private call(node: Node): void {
    this.wrap(node, `$r.result($r.at($f,${node.loc.start.line}),`, ')');
  }

  private chain(node: Node): void {
    this.open(node.start, `$r.result($r.at($f,${node.loc.start.line}),`);
    this.spine(node.expression);
    this.close(node.end, ')');
  }

  /** a?.b().c(): wrapping a call inside would end the chain early, so only its arguments are visited. */
  private spine(node: Node): void {
    if (node.type === 'CallExpression') {
      for (const argument of node.arguments) this.visit(argument, node);
      this.spine(node.callee);
    } else if (node.type === 'MemberExpression') {
      if (node.computed) this.visit(node.property, node);
      this.spine(node.object);
    } else this.visit(node);
  }

  private entry(block: Node, node: Node): void {
    this.open(block.start + 1, '$r.caught($f);');
    this.children(node);
  }

  private try(node: Node): void {
    this.open(node.finalizer.start + 1, '$r.caught($f);');
    this.children(node);
  }

  private function(node: Node, parent: Node | undefined): void {
    const name = JSON.stringify(this.name(node, parent));
    const enter = `const $f=$r.enter(${name},${node.loc.start.line},${node.async});try{`;
    const leave = '}catch($e){throw $r.threw($f,$e)}finally{$r.exit($f)}';
    for (const param of node.params) this.visit(param, node);
    const { body } = node;
    if (body.type === 'BlockStatement') {
      const directives = body.body.filter((statement: Node) => statement.directive);
      const isEmpty = body.end - body.start === 2; // both stand at one place
      this.open(directives.at(-1)?.end ?? body.start + 1, isEmpty ? enter + leave : enter);
      this.children(body);
      if (!isEmpty) this.close(body.end - 1, leave);
    } else {
      const arrow = this.arrows.filter((end) => end <= body.start).at(-1)!;
      this.open(arrow, `{${enter}return (`);
      this.visit(body, node);
      this.close(node.end, `)${leave}}`);
    }
  }

  private name(node: Node, parent: Node | undefined): string {
    const named = node.id ?? parent?.id ?? parent?.key;
    if (named?.name) return named.name;
    if (parent?.type === 'CallExpression') return `callback of ${JSON.parse(this.text(parent.callee))}`;
    return parent?.type === 'NewExpression' ? `callback of new ${JSON.parse(this.text(parent.callee))}` : 'function';
  }

  result(): string {
    const sorted = [...this.insertions].sort((a, b) => a.at - b.at || Number(a.opens) - Number(b.opens));
    let text = '';
    let at = 0;
    for (const insertion of sorted) {
      text += this.source.slice(at, insertion.at) + insertion.text;
      at = insertion.at;
    }
    return text + this.source.slice(at);
  }
}

/** The module with hooks; it expects `$r`, a Recorder, among its globals. */
export function rewrite(source: string, parse: Parse): string {
  const arrows: number[] = [];
  const onToken = (token: { type: { label: string }; end: number }) => {
    if (token.type.label === '=>') arrows.push(token.end);
  };
  const options = { ecmaVersion: 'latest', sourceType: 'module', locations: true, onToken };
  const program = parse(source, options) as Node;
  const rewriter = new Rewriter(source, arrows);
  rewriter.visit(program);
  return `const $f=$r.enter("module",1,true);${rewriter.result()}\n;$r.exit($f);`;
}
