/** EndorsementCredentials: what a district says, signed, of an achievement, a credential or an issuer. */
export { carriedEndorsements, type CarriedEndorsement } from './carried-endorsements.js';
export { endorse, endorsementCredential, type NewEndorsement } from './endorse.js';
export { endorsedThing, type EndorsedThing } from './endorsed-thing.js';
export {
  endorsedKinds,
  mostCommentCharacters,
  type EndorsedKind,
  type Endorsement,
  type IncludedEndorsement,
} from './endorsement.js';
export { excludeEndorsement, includeEndorsement } from './include-endorsement.js';
export {
  getEndorsement,
  listEndorsements,
  listIncludedEndorsements,
  publicEndorsement,
} from './list-endorsements.js';
export { revokeEndorsement, settleEndorsement } from './revoke-endorsement.js';
