// A static file server for the page: it answers GET and HEAD for the files of one folder, and nothing else.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.c': 'text/plain; charset=utf-8',
};

/** The file that an address names; undefined if there is none in the folder. */
function fileOf(folder, url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    const inside = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
    if (!inside.startsWith(folder + sep) || !statSync(inside).isFile()) return undefined;
    return inside;
  } catch {
    return undefined; // not decodable, or no such file
  }
}

function answer(folder, request, response) {
  const say = (code, text) => {
    response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'only GET and HEAD');
  const file = fileOf(folder, request.url);
  if (!file) return say(404, 'no such file');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': statSync(file).size,
    'Cache-Control': 'no-cache', // a rebuilt page must not load an old module
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  const stream = createReadStream(file);
  stream.on('error', () => response.destroy());
  return stream.pipe(response);
}

function listen(folder, host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => answer(folder, request, response));
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/** Serves a folder; takes the next free port if `port` is taken. Returns { server, address }. */
export async function serve(folder, { host = 'localhost', port = 8080 } = {}) {
  for (let tried = port; ; tried++) {
    try {
      const server = await listen(folder, host, tried);
      return { server, address: `http://${host}:${server.address().port}/` };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || tried >= port + 100) throw error;
    }
  }
}
