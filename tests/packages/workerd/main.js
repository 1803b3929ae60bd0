import { load } from 'rouse';
import app from './app.wasm';

export default {
  async fetch(request) {
    const { greet } = await load(app); // for each request one of its own
    return new Response(await greet(new URL(request.url).pathname.slice(1)));
  },
};
