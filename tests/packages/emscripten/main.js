import createApp from './app.mjs';

const lines = [];
const app = await createApp({ print: (line) => lines.push(line) });
const code = await app.rouse.run(['hello'], { stdin: ['C', '\n'] });
if (code !== 0) throw new Error(`exit code ${code}`);
if (globalThis.document) document.title = lines.join();
else console.log(lines.join());
