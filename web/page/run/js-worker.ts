// js-worker.ts: the worker of a JavaScript program that runs alone.
import { listen } from './js-runner.js';

listen();
