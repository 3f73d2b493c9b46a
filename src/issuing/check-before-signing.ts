import { decide, type AchievementVersion, type Levels } from '../achievements/index.js';
import type { FieldError } from '../kernel/index.js';
import { isEndorsementSubject, sizeFault } from '../verification/index.js';
import type { UnsignedCredential } from './compose-credential.js';
import { rubricLevelId } from './credential-ids.js';
import { credentialSchemaOf } from './credential-schema.js';
import { textFaults } from './lint/own-rules.js';
import { openBadgesFindings, schemaFindings } from './validate-by-schema.js';

/**
 * What forbids signing this credential: its size, the rules of its slots, the version's own schema, the Open Badges schema, and
 * the levels held against the decision. Empty when nothing does. Runs on every award, before the key is touched.
 */
export function checkBeforeSigning(
  version: AchievementVersion,
  credential: UnsignedCredential,
  levels: Levels | null,
): readonly FieldError[] {
  return [
    ...sizeFindings(credential),
    ...guardFindings(credential),
    ...textFaults(credential),
    ...slotFindings(credential),
    ...ownSchemaFindings(version, credential),
    ...openBadgesFindings(credential),
    ...levelFindings(version, credential, levels),
  ];
}

/** Larger or deeper than our own verifier reads: nobody need be able to check it. */
export function sizeFindings(credential: UnsignedCredential): readonly FieldError[] {
  const detail = sizeFault(credential);
  return detail === undefined ? [] : [{ pointer: '', detail }];
}

/** The structural guard: what JSON-LD would let pass unsigned or twofold (`docs/credentials.md`, Verification, 3). */
export function guardFindings(credential: unknown): readonly FieldError[] {
  const findings: FieldError[] = [];
  const byId = new Map<string, string>();
  const visit = (value: unknown, pointer: string): void => {
    if (value === null) return void findings.push({ pointer, detail: 'is null: an unsigned member' });
    if (Array.isArray(value)) {
      if (value.length === 0) findings.push({ pointer, detail: 'is an empty array: an unsigned member' });
      const texts = value.map((item) => JSON.stringify(item));
      if (new Set(texts).size < texts.length) findings.push({ pointer, detail: 'holds an item twice' });
      value.forEach((item, index) => visit(item, `${pointer}/${index}`));
      return;
    }
    if (typeof value !== 'object') return;
    const object = value as { readonly [member: string]: unknown };
    // What an embedded endorsement says of the thing it stands in is told apart from the thing itself.
    const isEndorsed = isEndorsementSubject(object);
    if (typeof object['id'] === 'string' && Object.keys(object).length > 1 && !isEndorsed) {
      const text = JSON.stringify(object);
      if ((byId.get(object['id']) ?? text) !== text)
        findings.push({
          pointer: `${pointer}/id`,
          detail: `is the id of another object too (${object['id']})`,
        });
      byId.set(object['id'], text);
    }
    for (const [name, member] of Object.entries(object)) {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const isContext = name === '@context' && (at === '/@context' || isEndorsement(object));
      if (name.includes(':') || (name.startsWith('@') && !isContext))
        findings.push({ pointer: at, detail: 'is no plain term' });
      visit(member, at);
    }
  };
  visit(credential, '');
  return findings;
}

/** An embedded endorsement brings its own contexts: it is a document by itself. */
function isEndorsement(object: { readonly [member: string]: unknown }): boolean {
  return [object['type']].flat().includes('EndorsementCredential');
}

function slotFindings(credential: UnsignedCredential): readonly FieldError[] {
  const subject = credential['credentialSubject'] as { readonly [member: string]: unknown };
  const achievement = subject['achievement'] as { readonly [member: string]: unknown };
  const findings: FieldError[] = [];
  const rule = (ok: boolean, pointer: string, detail: string) =>
    void (ok || findings.push({ pointer, detail }));
  const instant = (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
  const credit = (value: unknown) =>
    typeof value === 'number' && value >= 0 && value <= 1000 && Number.isInteger(value * 4);
  rule(
    /^https?:\/\/[^/]+\/c\/[0-9A-Za-z]{22}$/.test(String(credential['id'])),
    '/id',
    'is no credential id of ours',
  );
  for (const member of ['validFrom', 'awardedDate', ...('validUntil' in credential ? ['validUntil'] : [])])
    rule(instant(credential[member]), `/${member}`, 'must be UTC in whole seconds, 2026-11-20T09:00:00Z');
  rule(
    !('validUntil' in credential) || String(credential['validUntil']) > String(credential['validFrom']),
    '/validUntil',
    'must be after validFrom',
  );
  rule(
    /^(urn:uuid:|did:)/.test(String(subject['id'])),
    '/credentialSubject/id',
    'must be a urn:uuid or a DID',
  );
  rule(credit(subject['creditsEarned']), '/credentialSubject/creditsEarned', creditRule);
  rule(
    credit(achievement['creditsAvailable']),
    '/credentialSubject/achievement/creditsAvailable',
    creditRule,
  );
  return findings;
}

const creditRule = 'must be a multiple of 0.25 from 0 to 1000: other numbers do not sign as they are shown';

function levelFindings(
  version: AchievementVersion,
  credential: UnsignedCredential,
  levels: Levels | null,
): readonly FieldError[] {
  const { assessment } = version.content;
  if (assessment.by !== 'review') return [];
  const pointer = '/credentialSubject/result';
  if (levels === null) return [{ pointer, detail: 'has no decision to be held against' }];
  const subject = credential['credentialSubject'] as { readonly [member: string]: unknown };
  const shown = subject['result'] as readonly { readonly achievedLevel: string }[];
  const findings = assessment.rubric.criteria.flatMap((criterion, index) => {
    const level = levels[criterion.id];
    return level !== undefined && shown[index]?.achievedLevel === rubricLevelId(version.url, level)
      ? []
      : [
          {
            pointer: `${pointer}/${index}/achievedLevel`,
            detail: `is not the decided level of "${criterion.id}"`,
          },
        ];
  });
  if (findings.length > 0) return findings;
  return decide(assessment.rubric, levels) === 'met'
    ? []
    : [{ pointer, detail: 'holds levels that the decision rule does not call met' }];
}

function ownSchemaFindings(
  version: AchievementVersion,
  credential: UnsignedCredential,
): readonly FieldError[] {
  // A draft still changes; a published version never does.
  const key = version.contentHash === null ? undefined : `${version.url} ${version.contentHash}`;
  return schemaFindings(
    () => credentialSchemaOf(version),
    key,
    credential,
    'schema of the achievement version',
  );
}
