import {
  conflictKinds,
  declarationKinds,
  type CodeOfConduct,
  type Declaration,
  type DeclarationStanding,
  type DeclaredByMember,
} from '../../calibration/index.js';
import type { JsonSchema } from '../../kernel/index.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'string', format: 'date-time' };
const instantOrNull: JsonSchema = { type: ['string', 'null'], format: 'date-time' };

function object(properties: { readonly [member: string]: JsonSchema }): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

/** A version of the code of conduct. */
export function presentCode({ number, text: words, digest, from, by }: CodeOfConduct) {
  return { number, text: words, digest, from, by };
}

export const codeSchema = object({
  number: { type: 'integer', description: '0 for the text that every district starts with; then 1, 2 …' },
  text: { type: 'string', description: 'Markdown.' },
  digest: { type: 'string', description: 'Hex SHA-256 of the text in UTF-8: what a signature names.' },
  from: instantOrNull,
  by: { type: ['string', 'null'], description: 'Member id of who set it; null for the first.' },
});

/** How a member's declarations stand. */
export function presentStanding({ code, conflicts, inForce, missing }: DeclarationStanding) {
  return {
    inForce,
    missing,
    codeOfConduct: { state: code.state, at: code.at, until: code.until, number: code.number },
    conflicts: { state: conflicts.state, at: conflicts.at, until: conflicts.until },
  };
}

const part = {
  state: { enum: ['missing', 'in-force', 'to-renew', 'lapsed'] },
  at: { ...instantOrNull, description: 'When the newest was made.' },
  until: { ...instantOrNull, description: 'Until when it holds or held; null where no end is known.' },
};

const standing = {
  inForce: { type: 'boolean', description: 'Whether work is drawn for the member, as far as this goes.' },
  missing: { type: 'array', items: { enum: declarationKinds }, description: 'What is to be declared now.' },
  codeOfConduct: object({ ...part, number: { type: ['integer', 'null'] } }),
  conflicts: object(part),
} as const;

/** One declaration. */
export function presentDeclaration({ id, n, about, at, until, code, conflicts }: Declaration) {
  return { id, n, about, at, until, code, conflicts };
}

export const declarationSchema = object({
  id: text,
  n: { type: 'integer', description: 'In the order made, from 1.' },
  about: { enum: declarationKinds },
  at: instant,
  until: instantOrNull,
  code: {
    type: ['object', 'null'],
    required: ['number', 'digest'],
    properties: { number: { type: 'integer' }, digest: text },
  },
  conflicts: {
    type: ['array', 'null'],
    description: 'Null of a signature, where it is not for you, and once it was erased.',
    items: object({
      with: { enum: ['person', 'school'] },
      name: text,
      kind: { enum: conflictKinds },
      from: { type: ['string', 'null'] },
      until: { type: ['string', 'null'] },
    }),
  },
});

/** What a member declared, and how it stands. */
export function presentDeclared({ member, standing: stands, declarations }: DeclaredByMember) {
  return {
    member: member.id,
    ...presentStanding(stands),
    declarations: declarations.map(presentDeclaration),
  };
}

export const declaredSchema = object({
  member: text,
  ...standing,
  declarations: { type: 'array', items: declarationSchema },
});

export const rosterRowSchema = object({ member: text, ...standing });
