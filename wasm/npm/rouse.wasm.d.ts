/** The built-in runtime as letters; made by tools/builtin.mjs. */
declare const letters: string;
export default letters;
