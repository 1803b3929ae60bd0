// js-worker.ts: a JavaScript program alone.
import { listen } from './js-runner.js';

listen();
