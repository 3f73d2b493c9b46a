import type { JsonSchema } from '../../kernel/index.js';
import { poolAgreementStates, type District } from '../../tenancy/index.js';
import type { AgreementView, OwnSeatView, SeatView } from '../pool-views.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const districtSchema: JsonSchema = {
  type: 'object',
  required: ['name', 'slug'],
  properties: { name: text, slug: text },
};

function presentName({ name, slug }: District) {
  return { name, slug };
}

/** An agreement as the API shows it to either side. */
export function presentAgreement({ agreement, side, host, home, achievements }: AgreementView) {
  const { id, state, proposedAt, acceptedAt, endedBy, endedAt } = agreement;
  return {
    ...{ id, side, host: presentName(host), home: presentName(home), achievements, state },
    ...{ proposedAt, acceptedAt, endedBy, endedAt },
  };
}

export const agreementSchema: JsonSchema = {
  type: 'object',
  required: [
    ...['id', 'side', 'host', 'home', 'achievements', 'state', 'proposedAt', 'acceptedAt'],
    ...['endedBy', 'endedAt'],
  ],
  properties: {
    id: text,
    side: { enum: ['host', 'home'], description: 'Yours: the work is yours, or the reviewers are.' },
    host: districtSchema,
    home: districtSchema,
    achievements: {
      type: 'array',
      items: { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } },
    },
    state: { enum: [...poolAgreementStates] },
    proposedAt: instant,
    acceptedAt: instantOrNull,
    endedBy: { enum: ['host', 'home', null] },
    endedAt: instantOrNull,
  },
};

/** A seat as the API shows it: who sits in it is said to the home district alone. */
export function presentSeat({ seat, name, sitter }: SeatView) {
  const { id, agreement, state, givenAt, endedAt } = seat;
  return { id, agreement, name, state, member: sitter, givenAt, endedAt };
}

export const seatSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'agreement', 'name', 'state', 'member', 'givenAt', 'endedAt'],
  properties: {
    id: text,
    agreement: text,
    name: { type: 'string', description: 'What the host calls who sits in it.' },
    state: { enum: ['active', 'ended'] },
    member: {
      type: ['object', 'null'],
      description: 'Who sits in it: for the home district; null for the host.',
      required: ['id', 'name'],
      properties: { id: text, name: text },
    },
    givenAt: instant,
    endedAt: instantOrNull,
  },
};

/** A seat as its sitter is shown it. */
export function presentOwnSeat({ seat, name, host, standing }: OwnSeatView) {
  return { id: seat.id, name, host: presentName(host), standing };
}

export const ownSeatSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'name', 'host', 'standing'],
  properties: {
    id: { type: 'string', description: 'What the header Touchstone-Seat takes.' },
    name: text,
    host: districtSchema,
    standing: {
      enum: ['open', 'ended', 'member-of-host'],
      description: 'Whether it can be worked through. Who belongs to the host reviews there as its member.',
    },
  },
};
