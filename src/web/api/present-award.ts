import { linksOfAward, type Award, type IssuingPorts } from '../../issuing/index.js';
import { found, unreachable, type JsonSchema } from '../../kernel/index.js';
import type { CreditLedger, Holding, Progress } from '../../pathways/index.js';

/** An award as the API shows it, with the links of its newest edition. */
export async function presentAward(issuing: IssuingPorts, award: Award) {
  const version = found(
    await issuing.achievements.store.version(award.district, award.achievementVersion),
    'achievement version',
  );
  return {
    id: award.id,
    credential: award.credentialId,
    achievement: {
      id: version.achievement,
      version: version.number,
      url: version.url,
      name: version.content.name,
      assessedBy: version.content.assessment.by,
      creditHours: version.content.creditHours,
    },
    holder: award.holder,
    basis: presentBasis(award),
    state: award.state,
    reason: award.reason,
    since: award.since,
    replacedBy: award.replacedBy,
    replaces: award.replaces,
    awardedDate: award.awardedDate,
    validUntil: award.validUntil,
    edition: award.edition,
    createdAt: award.createdAt,
    links: await linksOfAward(issuing, award),
  };
}

function presentBasis({ basis }: Award) {
  switch (basis.kind) {
    case 'decision':
      return { kind: basis.kind, decision: basis.decision, submission: basis.submission };
    case 'outside':
      return { kind: basis.kind };
    case 'components':
      return { kind: basis.kind, components: basis.components };
    default:
      return unreachable(basis);
  }
}

/** A holding as its holder sees it. */
export function presentHolding(holding: Holding) {
  const { id, award, credentialId, achievement, achievementVersion, name, assessedBy, creditHours } = holding;
  const { state, awardedDate, validUntil } = holding;
  return {
    id,
    award,
    credential: credentialId,
    achievement,
    achievementVersion,
    name,
    assessedBy,
    creditHours,
    state,
    awardedDate,
    validUntil,
  };
}

/** A credit ledger as its owner sees it. */
export function presentCredits(ledger: CreditLedger) {
  return {
    total: ledger.total,
    entries: ledger.entries.map(({ holding, counted, because }) => ({
      counted,
      because,
      holding: presentHolding(holding),
    })),
  };
}

/** Progress towards a milestone. */
export function presentProgress(progress: Progress) {
  return {
    complete: progress.complete,
    components: progress.components.map(({ achievement, holding }) => ({
      achievement,
      holding: holding === null ? null : presentHolding(holding),
    })),
  };
}

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const uri: JsonSchema = { type: 'string', format: 'uri' };
const states = ['active', 'suspended', 'revoked', 'superseded'];

const linksSchema: JsonSchema = {
  type: ['object', 'null'],
  description: 'Where the credential and its forms are; null while it is being prepared.',
  required: ['id', 'page', 'json', 'jwt', 'png', 'svg', 'pdf', 'qr', 'standing', 'statusList'],
  properties: {
    id: { ...uri, description: "The credential's id." },
    page: uri,
    json: uri,
    jwt: uri,
    png: uri,
    svg: uri,
    pdf: uri,
    qr: uri,
    standing: uri,
    statusList: uri,
  },
};

export const awardSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'credential',
    'achievement',
    'holder',
    'basis',
    'state',
    'awardedDate',
    'edition',
    'links',
  ],
  properties: {
    id: text,
    credential: { ...uri, description: "The credential's id: its public address." },
    achievement: {
      type: 'object',
      properties: {
        id: text,
        version: { type: 'integer' },
        url: uri,
        name: text,
        assessedBy: { enum: ['review', 'outside', 'components'] },
        creditHours: { type: 'number' },
      },
    },
    holder: { ...textOrNull, description: 'The member who holds it.' },
    basis: { type: 'object', properties: { kind: { enum: ['decision', 'outside', 'components'] } } },
    state: { enum: ['preparing', ...states] },
    reason: {
      ...textOrNull,
      description: 'Why it is suspended, revoked or superseded, as the public reads it.',
    },
    since: instant,
    replacedBy: { ...textOrNull, description: 'The id of the credential to use instead.' },
    replaces: { ...textOrNull, description: 'The award that this one stands in for.' },
    awardedDate: instant,
    validUntil: instantOrNull,
    edition: { type: 'integer', description: 'The newest edition; 0 while it is being prepared.' },
    createdAt: instant,
    links: linksSchema,
  },
};

export const holdingSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'award', 'credential', 'achievement', 'name', 'creditHours', 'state', 'awardedDate'],
  properties: {
    id: text,
    award: text,
    credential: uri,
    achievement: text,
    achievementVersion: text,
    name: text,
    assessedBy: { enum: ['review', 'outside', 'components'] },
    creditHours: { type: 'number' },
    state: { enum: states },
    awardedDate: instant,
    validUntil: instantOrNull,
  },
};

export const creditsSchema: JsonSchema = {
  type: 'object',
  required: ['total', 'entries'],
  properties: {
    total: {
      type: 'number',
      description: 'Credit hours: each credential in force once; a milestone adds none of its own.',
    },
    entries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['counted', 'because', 'holding'],
        properties: {
          counted: { type: 'number' },
          because: { enum: ['earned', 'counted-by-components', 'not-in-force'] },
          holding: holdingSchema,
        },
      },
    },
  },
};

export const progressSchema: JsonSchema = {
  type: 'object',
  required: ['complete', 'components'],
  properties: {
    complete: { type: 'boolean' },
    components: {
      type: 'array',
      items: {
        type: 'object',
        required: ['achievement', 'holding'],
        properties: { achievement: text, holding: { oneOf: [holdingSchema, { type: 'null' }] } },
      },
    },
  },
};
