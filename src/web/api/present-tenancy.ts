import type { JsonSchema } from '../../kernel/index.js';
import { poolRole, roles, type District, type Member, type Relationship } from '../../tenancy/index.js';

const text: JsonSchema = { type: 'string' };
const textOrNull: JsonSchema = { type: ['string', 'null'] };
const instant: JsonSchema = { type: 'string', format: 'date-time' };

/** A district as the API shows it. */
export function presentDistrict(district: District, publicUrl: string) {
  return {
    id: district.id,
    name: district.name,
    slug: district.slug,
    code: district.code,
    timeZone: district.timeZone,
    language: district.language,
    url: district.url,
    email: district.email,
    createdAt: district.createdAt,
    didDocument: `${publicUrl}/issuers/${district.slug}/did.json`,
    jwks: `${publicUrl}/issuers/${district.slug}/jwks.json`,
  };
}

export const districtSchema: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'name',
    'slug',
    'code',
    'timeZone',
    'language',
    'url',
    'email',
    'createdAt',
    'didDocument',
    'jwks',
  ],
  properties: {
    id: text,
    name: text,
    slug: text,
    code: { type: 'string', description: 'Begins the public id of each of its credentials.' },
    timeZone: text,
    language: text,
    url: textOrNull,
    email: textOrNull,
    createdAt: instant,
    didDocument: { type: 'string', format: 'uri' },
    jwks: { type: 'string', format: 'uri' },
  },
};

/** A member as the API shows it to those who manage members. */
export function presentMember(member: Member) {
  return {
    id: member.id,
    email: member.email,
    name: member.name,
    school: member.school,
    roles: member.roles,
    state: member.state,
    createdAt: member.createdAt,
  };
}

export const memberSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'email', 'name', 'school', 'roles', 'state', 'createdAt'],
  properties: {
    id: text,
    email: text,
    name: text,
    school: textOrNull,
    roles: { type: 'array', items: { enum: [...roles, poolRole] } },
    state: { enum: ['active', 'left'] },
    createdAt: instant,
  },
};

/** A relationship as the API shows it. */
export function presentRelationship(relationship: Relationship) {
  const { id, kind, member, other, from, to } = relationship;
  return { id, kind, member, other, from, to };
}

export const relationshipSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'kind', 'member', 'other', 'from', 'to'],
  properties: {
    id: text,
    kind: { enum: ['supervisor', 'coach', 'declared'] },
    member: { type: 'string', description: 'Who supervises or coaches.' },
    other: { type: 'string', description: 'Who is supervised or coached.' },
    from: instant,
    to: { type: ['string', 'null'], format: 'date-time' },
  },
};
