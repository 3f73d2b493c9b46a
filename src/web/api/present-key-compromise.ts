import {
  compromisedAwardStates,
  type CompromisedAward,
  type CompromiseProgress,
} from '../../issuing/index.js';
import type { JsonSchema } from '../../kernel/index.js';

/** A compromise with how far it is made good. */
export function presentKeyCompromise({ compromise, awards }: CompromiseProgress) {
  const { id, key, keyName, use, compromisedAt, reason, reportedBy, reportedAt, state } = compromise;
  return { id, key, keyName, use, compromisedAt, reason, reportedBy, reportedAt, state, awards };
}

export const keyCompromiseSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'key',
    'keyName',
    'use',
    'compromisedAt',
    'reason',
    'reportedBy',
    'reportedAt',
    'state',
    'awards',
  ],
  properties: {
    id: { type: 'string' },
    key: { type: 'string' },
    keyName: { type: 'string' },
    use: { enum: ['proof', 'jwt'] },
    compromisedAt: { type: 'string', format: 'date-time' },
    reason: { type: 'string' },
    reportedBy: { type: ['string', 'null'], description: 'The member; null for the command line.' },
    reportedAt: { type: 'string', format: 'date-time' },
    state: {
      enum: ['working', 'done'],
      description: '`done` when the record was gone through and everything before the moment is signed anew.',
    },
    awards: {
      type: 'object',
      description: 'How many awards that the key had signed stand where; `waiting` ones wait for a person.',
      required: [...compromisedAwardStates],
      properties: Object.fromEntries(compromisedAwardStates.map((state) => [state, { type: 'integer' }])),
    },
  },
};

/** An award whose newest edition the key had signed. */
export function presentCompromisedAward(listed: CompromisedAward) {
  const { award, state, recordedAt, edition, decidedBy, settledAt, failure = null } = listed;
  return { award, state, recordedAt, edition, decidedBy, settledAt, failure };
}

export const compromisedAwardSchema: JsonSchema = {
  type: 'object',
  required: ['award', 'state', 'recordedAt', 'edition', 'decidedBy', 'settledAt', 'failure'],
  properties: {
    award: { type: 'string' },
    state: { enum: [...compromisedAwardStates] },
    recordedAt: {
      type: 'string',
      format: 'date-time',
      description:
        'When the award was recorded here: before the compromise it is signed anew, else it waits.',
    },
    edition: { type: 'integer', description: 'The edition that the key signed.' },
    decidedBy: { type: ['string', 'null'] },
    settledAt: { type: ['string', 'null'], format: 'date-time' },
    failure: {
      type: ['string', 'null'],
      description: 'Of one that is `due`: why it could not be signed anew when that was tried last.',
    },
  },
};
