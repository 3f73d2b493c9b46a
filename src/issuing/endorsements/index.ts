/** EndorsementCredentials: what a district says, signed, of an achievement, a credential or an issuer. */
export { carriedEndorsement, carriedEndorsements, type CarriedEndorsement } from './carried-endorsements.js';
export { endorse, endorsementCredential, endorsementFaults, type NewEndorsement } from './endorse.js';
export { endorsedThing, nameOfEndorsed, type EndorsedThing } from './endorsed-thing.js';
export {
  endorsedKinds,
  endorsementStanding,
  mostCommentCharacters,
  type EndorsedKind,
  type Endorsement,
  type IncludedEndorsement,
} from './endorsement.js';
export { excludeEndorsement, includeEndorsement } from './include-endorsement.js';
export {
  getEndorsement,
  getIncludedEndorsement,
  listEndorsements,
  listIncludedEndorsements,
  ownEndorsable,
  publicEndorsement,
} from './list-endorsements.js';
export { revokeEndorsement, settleEndorsement } from './revoke-endorsement.js';
