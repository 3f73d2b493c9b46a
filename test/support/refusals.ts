import { compileValidator } from '../../src/kernel/index.js';
import { problemSchema } from '../../src/web/problem.js';
import type { RawAnswer } from './raw-call.js';
import type { WatchedStore } from './watched-store.js';

const isProblem = compileValidator<{
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}>(problemSchema, 'problem');

/** What a refusal is to say. */
export interface Refusal {
  readonly status: number | readonly number[];
  /** JSON Pointer that one of its errors has. */
  readonly pointer?: string;
}

/**
 * What is wrong with an answer that should be this refusal, in words; nothing when it is problem+json of that status
 * that says what is wrong and points at it, and nothing was written before it.
 */
export function complaints(
  where: string,
  answer: RawAnswer,
  store: WatchedStore,
  { status, pointer }: Refusal,
): readonly string[] {
  const found: string[] = [];
  const say = (what: string) => found.push(`${where}: ${what}: ${answer.text.slice(0, 300)}`);
  if (![status].flat().includes(answer.status)) say(`${answer.status}, not ${JSON.stringify(status)}`);
  if (answer.mediaType !== 'application/problem+json') say(`came as ${answer.mediaType}`);
  else {
    try {
      const problem = isProblem(answer.json);
      const pointers = (problem.errors ?? []).map((error) => error.pointer);
      if (problem.status !== answer.status) say('its status is another');
      if (problem.detail.length < 15) say('its detail says nothing');
      if (pointer !== undefined && !pointers.includes(pointer)) say(`does not point at "${pointer}"`);
      const said = [400, 422].includes(answer.status) && pointers[0] !== undefined;
      if (said && !problem.detail.includes(pointers[0]!.split('/').at(-1)!))
        say(`its detail does not name ${pointers[0]}`);
    } catch (error) {
      say((error as Error).message);
    }
  }
  if (store.writes.length > 0) say(`wrote ${store.writes.join(', ')}`);
  return found;
}
