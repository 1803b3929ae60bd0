// A web server for one folder, with the mistakes that servers make on request: `answers` says for some
// paths what is sent instead ({ status, type, body, headers }, or a function of the request that gives it).
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const script = 'text/javascript';
const types = { '.html': 'text/html', '.js': script, '.mjs': script, '.wasm': 'application/wasm' };

function fileAnswer(folder, pathname) {
  try {
    const path = join(folder, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    return { body: readFileSync(path), type: types[extname(path)] ?? 'text/plain' };
  } catch {
    return { status: 404, body: 'not found' };
  }
}

/** Gives { origin, close, answers }. */
export async function serve(folder, answers = {}) {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url, 'http://localhost');
    const file = fileAnswer(folder, pathname);
    const given = answers[pathname];
    const instead = typeof given === 'function' ? given({ search }) : given;
    const { status = 200, type = 'text/plain', body, headers = {} } = { ...file, ...instead };
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', ...headers });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, close, answers };
}
