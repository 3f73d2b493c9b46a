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
  'pool-proposed': 'The agreement is proposed. An admin of the other district has to accept it.',
  'pool-accepted': 'The agreement is active. Give reviewers of yours a seat.',
  'pool-ended': 'The agreement is ended. Open work goes to others; what was signed stays.',
  'pool-work-cleared': 'The work is cleared. It can be drawn for reviewers of other districts.',
  'pool-work-kept': 'The work stays in the district.',
  'pool-allowed':
    'Allowed. Reviewers of other districts see it once a lead found that nothing says whose it is.',
  'pool-seat-given': 'The seat is given. The reviewer finds it under Reviews.',
  'pool-seat-ended': 'The seat is ended. Open work goes to others; what was signed stays.',
  'seat-opened': 'You work through your seat now, until you go back.',
  'api-key-revoked': 'The API key was revoked. It stopped working at once.',
  'issuer-key-rotated': 'A new key signs from now on. What the earlier one signed stays valid.',
  'key-withdrawn': 'The key is withdrawn and a new one signs. What it had signed is being signed again.',
  'key-award-confirmed': 'The credential is confirmed, and signed with the present keys.',
  'key-award-revoked': 'The credential was revoked.',
  'audit-verified': 'The record was verified. What was found stands below.',
  'draft-created': 'The draft was made.',
  'draft-saved': 'The draft was saved.',
  'version-published': 'The version was published. It can be earned from now on.',
  'version-retired': 'The version was retired. No new work is begun on it.',
  'issuing-resumed': 'Nothing is found any more. Credentials that waited are being signed.',
  'endorsement-made': 'The endorsement was signed.',
  'endorsement-revoked': 'The endorsement was revoked.',
  'endorsement-included': 'Credentials issued from now on carry it.',
  'endorsement-excluded': 'Credentials issued from now on carry it no more.',
  'work-begun': 'The submission was begun. Only you see it until you submit it.',
  'work-saved': 'Everything is saved.',
  'work-submitted': 'It is complete, and handed in for review.',
  'work-withdrawn': 'The submission was withdrawn.',
  'attempt-begun': 'The next attempt was begun, with your earlier answers in it.',
  'consent-withdrawn': 'The consent was withdrawn, at once.',
  'artefact-erased': 'The file was erased for good.',
  'award-revoked': 'The credential was revoked.',
  'award-suspended': 'The credential was suspended.',
  'award-resumed': 'The credential is active again.',
  'award-corrected': 'A corrected edition of the credential was issued.',
  'rating-committed': 'Your rating is committed. Thank you.',
  'assignment-declined': 'The work was given back. Somebody else is drawn for it.',
  'review-time-set': 'Your time is kept. It counts from now on.',
  'appeal-filed': 'Your appeal is filed. You hear by mail what becomes of it.',
  'appeal-withdrawn': 'The appeal is withdrawn.',
  'appeal-screened': 'Your reasons are kept, and the teacher is told.',
  'appeal-decided': 'Your decision on the appeal is kept, and the teacher is told.',
  'appeal-declined': 'The appeal was given back. Somebody else is drawn for it.',
  'rated-again': 'Other reviewers rate the work again. The decision stands until then.',
  'reviews-released': 'The work is with others, or will be within a minute.',
  'response-committed': 'Your levels are committed. Here is the next one.',
  'practice-rated': 'Your levels are kept. Compare them with the key.',
  'exemplar-added': 'The exemplar was added. Experts can rate it now.',
  'exemplar-rated': 'Your blind rating is committed.',
  'rationale-saved': 'The rationale was saved.',
  'key-settled': 'The discussion is ended, and what came of it is on record.',
  'panel-certified': 'The founding panel is certified.',
  'exemplar-allowed': 'Allowed. A lead may make an exemplar of this work until you withdraw it.',
  'exemplar-moved': 'The exemplar was moved.',
  'exemplar-offered': 'The exemplar is offered for this version.',
  'code-signed': 'You have signed the code of conduct.',
  'conflicts-declared': 'Your declaration is kept. It counts from now on.',
  'code-of-conduct-set': 'The code of conduct is in force. Who signed the earlier one is asked to sign it.',
  'review-policy-set': 'The review policy is in force from now on.',
  'drift-answered': 'The signal is answered. What follows from it is done within a minute.',
  'probation-begun': 'The certification is on probation. Its reviewer’s work is rated by two.',
  'probation-ended': 'The probation is over.',
  'certification-suspended': 'The certification is suspended. Open work goes to others.',
  'certification-reinstated': 'The certification holds again.',
  'certification-revoked': 'The certification was revoked. Open work goes to others.',
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
