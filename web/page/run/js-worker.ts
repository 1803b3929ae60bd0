// js-worker.ts: a JavaScript program alone.
import { listen } from './js-run.js';

listen();
