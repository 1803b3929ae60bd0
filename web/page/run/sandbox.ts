// sandbox.ts: where programs run. A program in a link may be written by anybody, so its worker lives in a frame with an
// origin of its own that reaches nothing: no storage, no network. The page hands in what it needs as text and bytes.

/** The frame's whole script. The page's policy names it by its hash (tools/web.mjs). */
export const FRAME_SCRIPT = `
onmessage = ({ data, ports: [port] }) => {
  const fail = (text) => port.postMessage({ kind: 'error', text });
  try {
    const url = URL.createObjectURL(new Blob([data.code], { type: 'text/javascript' }));
    const worker = new Worker(url);
    worker.onmessage = (event) => port.postMessage(event.data);
    worker.onerror = (event) => fail(event.message || 'this browser did not let the page start a worker');
    port.onmessage = ({ data }) => {
      if (data !== 'end') return worker.postMessage(data);
      worker.terminate();
      port.close();
    };
  } catch (error) {
    fail('this browser did not let the page start a worker: ' + error.message);
  }
};
`;

const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'none'";

let frame: Promise<Window> | undefined;

function makeFrame(): Promise<Window> {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.hidden = true;
  element.title = 'where the programs run';
  const policy = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
  element.srcdoc = `<!doctype html>${policy}<script>${FRAME_SCRIPT}</script>`;
  return new Promise((resolve) => {
    element.onload = () => resolve(element.contentWindow!);
    document.body.append(element);
  });
}

/** A worker in the frame: all the page has of it is a port. */
export interface FarWorker {
  port: MessagePort;
  end(): void;
}

export async function startWorker(code: string): Promise<FarWorker> {
  const { port1, port2 } = new MessageChannel();
  const home = await (frame ??= makeFrame());
  home.postMessage({ code }, '*', [port2]);
  return { port: port1, end: () => (port1.postMessage('end'), port1.close()) };
}
