// A server for a page that reports: the page gets files and what else it asks for, and posts what happened.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, normalize } from 'node:path';

const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

async function textOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function contents(answer) {
  if (typeof answer !== 'object') return answer === undefined ? undefined : readFileSync(answer);
  return answer.body;
}

/** `find` gives for a path the file's path, or `{ body, type }`; `report` gets each message that the page
    posts to /report. Gives `{ address, close }`. */
export async function serveReports(find, report, headers = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (path === '/report') {
      const message = JSON.parse(await textOf(request));
      response.end();
      return report(message);
    }
    try {
      const answer = find(path);
      const body = contents(answer);
      if (body === undefined) throw new Error('not found');
      response.writeHead(200, { 'content-type': answer.type ?? types[extname(answer)] ?? 'text/html', ...headers });
      response.end(body);
    } catch {
      response.writeHead(404, headers).end('not found');
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${server.address().port}`, close };
}
