import { createContext, Script } from 'node:vm';

export type InTime<Value> = { readonly inTime: true; readonly value: Value } | { readonly inTime: false };

const script = new Script('work()');

/**
 * Does `work`, which must not wait for anything, and ends it where it stands when it has taken so long on the clock:
 * even the matching of a regular expression, from which no code could take itself out. The thread lives on
 * (`timeout` of node:vm). What it throws is thrown on.
 */
export function withinTime<Value>(seconds: number, work: () => Value): InTime<Value> {
  try {
    // The context shields nothing: the clock of a script counts for whatever it calls.
    const value = script.runInContext(createContext({ work }), { timeout: seconds * 1000 }) as Value;
    return { inTime: true, value };
  } catch (error) {
    if ((error as { readonly code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      return { inTime: false };
    throw error;
  }
}
