// Serves this folder to your browser; any other web server will do as well.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const folder = import.meta.dirname;

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const path = join(folder, normalize(pathname === '/' ? '/index.html' : decodeURI(pathname)));
  const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  response.writeHead(isThere ? 200 : 404, { 'Content-Type': types[extname(path)] ?? 'text/plain' });
  if (isThere) createReadStream(path).pipe(response);
  else response.end('not found');
});
const port = Number(process.env.PORT ?? 8000);
server.on('error', ({ message }) => {
  console.error(`${message}\nanother port: PORT=8001 npm run page`);
  process.exitCode = 1;
});
server.listen(port, 'localhost', () => console.log(`http://localhost:${server.address().port}/`));
