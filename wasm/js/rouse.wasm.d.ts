/** The built-in runtime in base64; made by tools/builtin.mjs. */
declare const base64: string;
export default base64;
