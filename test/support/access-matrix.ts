import { readFileSync } from 'node:fs';
import { callerNames, type CallerName } from './http-world.js';

/** `test/http/access-matrix.json`: what each kind of caller gets of each operation, in the order of `callers`. */
export interface AccessMatrix {
  readonly callers: readonly string[];
  readonly operations: { readonly [operation: string]: string };
}

export const accessMatrix = JSON.parse(
  readFileSync(new URL('../http/access-matrix.json', import.meta.url), 'utf8'),
) as AccessMatrix;

/** A caller whom the access matrix lets through, and whose the sample's things are. */
export function callerOf(operation: string): CallerName {
  const row = accessMatrix.operations[operation]?.split(/ +/) ?? [];
  const order: readonly CallerName[] = ['anonymous', 'teacher', 'reviewer', 'lead', 'admin', 'operator'];
  const caller = order.find((name) => row[callerNames.indexOf(name)] === 'yes');
  if (caller === undefined) throw new Error(`access-matrix.json lets nobody do ${operation}`);
  return caller;
}
