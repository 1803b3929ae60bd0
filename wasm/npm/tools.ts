// tools.ts: what the part for imports (imports.ts) is given of what a page has at once; parts.ts says why.
import { camelCase, describe, isBlob } from './bridge/describe.js';
import { RouseError } from './base/errors.js';
import { isThenable } from './future/from.js';
import { guard, rethrow } from './host/import-guard.js';
import { explained } from './host/module.js';
import { CallOptions } from './future/call-options.js';
import { Slots } from './base/slots.js';
import { yieldFrame, yieldHost } from './base/yields.js';
import { encode } from './base/text.js';
import { blobOf, check, put, putBlob, take } from './bridge/values.js';

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
