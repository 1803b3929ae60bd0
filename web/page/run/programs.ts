// programs.ts: what is run: a C program and a JavaScript program, as the build made them (tools/web.mjs).

export interface Programs {
  c: string;
  js: string;
  /** The JavaScript with the recorder's hooks. */
  recorded: string;
  wasm: ArrayBuffer;
  isBridge?: boolean;
  layouts: Layouts;
}

/** By a future's type: its fields as [offset, depth, C type, name], in their order. */
export type Layouts = Record<string, [at: number, depth: number, type: string, name: string][]>;
