import { mostCommentCharacters, type Endorsement, type IncludedEndorsement } from '../../issuing/index.js';
import type { JsonSchema } from '../../kernel/index.js';

/** An endorsement as the API shows it to the district that made it. */
export function presentEndorsement(endorsement: Endorsement) {
  const { id, credentialId, about, kind, comment, state, reason, since, validUntil, createdAt } = endorsement;
  const links = { json: `${credentialId}.json`, jwt: `${credentialId}.jwt` };
  return {
    id,
    credential: credentialId,
    about,
    kind,
    comment,
    state,
    reason,
    since,
    validUntil,
    createdAt,
    links,
  };
}

/** What the district's credentials carry. */
export function presentIncluded(included: IncludedEndorsement) {
  const { id, about, kind, endorsement, carriedFor, createdAt } = included;
  return { id, about, kind, endorsement, carried: carriedFor !== null, createdAt };
}

const text: JsonSchema = { type: 'string' };
const uri: JsonSchema = { type: 'string', format: 'uri' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const kind: JsonSchema = { enum: ['achievement', 'credential', 'issuer'] };
const about: JsonSchema = { type: 'string', description: 'The id of what is endorsed.' };

export const endorsementSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'credential',
    'about',
    'kind',
    'comment',
    'state',
    'reason',
    'since',
    'validUntil',
    'createdAt',
    'links',
  ],
  properties: {
    id: text,
    credential: { ...uri, description: "The EndorsementCredential's id." },
    about,
    kind,
    comment: { type: 'string', maxLength: mostCommentCharacters * 2, description: 'Markdown.' },
    state: { enum: ['active', 'revoked'] },
    reason: { type: ['string', 'null'] },
    since: instant,
    validUntil: { type: ['string', 'null'], format: 'date-time' },
    createdAt: instant,
    links: { type: 'object', required: ['json', 'jwt'], properties: { json: uri, jwt: uri } },
  },
};

export const includedSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'about', 'kind', 'endorsement', 'carried', 'createdAt'],
  properties: {
    id: text,
    about,
    kind,
    endorsement: uri,
    carried: { type: 'boolean', description: 'Whether credentials that are issued now carry it.' },
    createdAt: instant,
  },
};
