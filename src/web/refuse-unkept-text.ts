import { AppError, type FieldError } from '../kernel/index.js';

/** NUL, and half a surrogate pair: no Unicode text (The Unicode Standard, D76), so no store keeps it and no page shows it. */
const unkept = /\0|\p{Surrogate}/u;

/**
 * Refuses text that cannot be kept, wherever it is in what was sent, in names too.
 * @throws invalid-request naming each member.
 */
export function refuseUnkeptText(value: unknown): void {
  const errors: FieldError[] = [];
  const waiting: { readonly value: unknown; readonly pointer: string }[] = [{ value, pointer: '' }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { pointer } = one;
    if (typeof one.value === 'string') {
      if (unkept.test(one.value)) errors.push({ pointer, detail: rule });
    } else if (typeof one.value === 'object' && one.value !== null) {
      for (const [name, member] of Object.entries(one.value)) {
        if (unkept.test(name)) errors.push({ pointer, detail: `has a member whose name ${rule}` });
        else waiting.push({ value: member, pointer: `${pointer}/${escapeStep(name)}` });
      }
    }
  }
  const first = errors[0];
  if (first !== undefined) {
    throw new AppError('invalid-request', `${first.pointer || 'The body'} ${first.detail}.`, { errors });
  }
}

const rule = 'holds NUL or half a surrogate pair, which is no text; leave that character out';

function escapeStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
