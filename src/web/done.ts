import { seeOther, type Reply } from './route.js';

/**
 * What a page says after a form was carried out: the address carries a code, the page this sentence. Nothing from
 * an address is ever shown as it stands.
 */
export const doneSentences = {
  'signed-out': 'You are signed out.',
  'district-changed': 'The district was changed.',
  'member-added': 'The member was added.',
  'member-changed': 'The member was changed.',
  'relationship-added': 'The relationship was recorded.',
  'relationship-ended': 'The relationship was ended. It stays on record.',
  'api-key-revoked': 'The API key was revoked. It stopped working at once.',
  'issuer-key-rotated': 'A new key signs from now on. What the earlier one signed stays valid.',
  'draft-created': 'The draft was made.',
  'draft-saved': 'The draft was saved.',
  'version-published': 'The version was published. It can be earned from now on.',
  'award-revoked': 'The credential was revoked.',
  'award-suspended': 'The credential was suspended.',
  'award-resumed': 'The credential is active again.',
  'award-corrected': 'A corrected edition of the credential was issued.',
} as const;

export type DoneCode = keyof typeof doneSentences;

/** The sentence of a code from an address; undefined for what is not in the table. */
export function doneSentence(code: string | undefined): string | undefined {
  return code !== undefined && Object.hasOwn(doneSentences, code)
    ? doneSentences[code as DoneCode]
    : undefined;
}

/** 303 to a page that says what was done. */
export function seeOtherDone(path: string, code: DoneCode): Reply {
  return seeOther(`${path}${path.includes('?') ? '&' : '?'}done=${code}`);
}
