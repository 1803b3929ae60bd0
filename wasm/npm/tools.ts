// tools.ts: what the part for imports (imports.ts) is given of what a page has at once; parts.ts says why.
import { camelCase, describe, isBlob } from './describe.js';
import { RouseError } from './errors.js';
import { isThenable } from './from.js';
import { guard, rethrow } from './guard.js';
import { explained } from './module.js';
import { CallOptions } from './options.js';
import { Slots } from './slots.js';
import { yieldFrame, yieldHost } from './standard.js';
import { encode } from './text.js';
import { blobOf, check, put, putBlob, take } from './values.js';

export const tools = {
  CallOptions,
  RouseError,
  Slots,
  blobOf,
  camelCase,
  check,
  describe,
  encode,
  explained,
  guard,
  isBlob,
  isThenable,
  put,
  putBlob,
  rethrow,
  take,
  yieldFrame,
  yieldHost,
};
export type Tools = typeof tools;
