import { consentUses, type Artefact, type Consent } from '../../evidence/index.js';
import type { JsonSchema } from '../../kernel/index.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };

/** An artefact as its owner sees it. */
export function presentArtefact(artefact: Artefact) {
  return {
    id: artefact.id,
    name: artefact.name,
    mediaType: artefact.mediaType,
    size: artefact.size,
    sha256: artefact.sha256,
    createdAt: artefact.createdAt,
    erasedAt: artefact.erasedAt,
    content: artefact.erasedAt === null ? `/api/v1/artefacts/${artefact.id}/content` : null,
  };
}

export const artefactSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'name', 'mediaType', 'size', 'sha256', 'createdAt', 'erasedAt', 'content'],
  properties: {
    id: { type: 'string', description: 'What answerRequirement and recordConsent take.' },
    name: text,
    mediaType: { type: 'string', description: 'As found in the content.' },
    size: { type: 'integer', description: 'Bytes, as kept: pictures are encoded anew without metadata.' },
    sha256: { type: ['string', 'null'], description: 'Hex, of the bytes as kept; null once erased.' },
    createdAt: instant,
    erasedAt: instantOrNull,
    content: { type: ['string', 'null'], description: 'Path of the bytes; null once erased.' },
  },
};

/** A consent as the one who recorded it sees it. */
export function presentConsent(consent: Consent) {
  const { id, submission, artefacts, use, statement, from, to, withdrawnAt } = consent;
  return { id, submission, artefacts, use, statement, from, to, withdrawnAt };
}

export const consentSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'submission', 'artefacts', 'use', 'statement', 'from', 'to', 'withdrawnAt'],
  properties: {
    id: text,
    submission: { type: ['string', 'null'] },
    artefacts: { type: 'array', items: text },
    use: { enum: [...consentUses] },
    statement: text,
    from: instant,
    to: { ...instantOrNull, description: 'When it ends by itself; null for no end.' },
    withdrawnAt: instantOrNull,
  },
};
