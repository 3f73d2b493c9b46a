import type { AchievementVersion, Criterion } from '../achievements/index.js';
import { AppError, found, unreachable, type BasePorts, type FieldError } from '../kernel/index.js';
import {
  findVerificationMethod,
  secureCredential,
  throwAwaySigner,
  verifyDataIntegrityProof,
} from '../securing/index.js';
import type { TenancyPorts } from '../tenancy/index.js';
import { checkBeforeSigning } from './check-before-signing.js';
import { composeCredential, type AssessedSlots } from './compose-credential.js';
import { credentialUrl, statementUrl } from './credential-ids.js';
import { issuerFrom } from './issuer-of.js';

/** What a template is checked with. */
export interface TemplatePorts extends BasePorts {
  readonly publicUrl: string;
  readonly tenancy: TenancyPorts;
}

/** Text that breaks what is not careful: quotes, markup, ends of comments and CDATA, other scripts, zero widths. */
const hostile = `"'\\ <b>&amp;</b> ]]> --> {{x}} \u202e\u200d é 日本 🎓 `;

/**
 * What keeps this version from being published: a credential of it is composed with hostile slot values, held to every
 * check before signing, signed with a throw-away key in safe mode, and its proof verified. Pointers are into the
 * content where a member of the credential comes from it.
 */
export async function checkTemplate(
  ports: TemplatePorts,
  version: AchievementVersion,
): Promise<readonly FieldError[]> {
  const district = found(await ports.tenancy.store.district(version.district), 'district');
  const issuer = issuerFrom(ports.publicUrl, district);
  const now = ports.clock.now();
  let findings: readonly FieldError[];
  try {
    const assessed = assessedOf(version, ports.publicUrl, district.slug, district.code);
    const credential = composeCredential(
      { issuer: issuer.profile, version },
      {
        credentialId: credentialUrl(ports.publicUrl, `${district.code}${'0'.repeat(18)}`),
        validFrom: now,
        validUntil: '9999-12-31T23:59:59Z',
        awardedDate: now,
        subjectId: 'urn:uuid:00000000-0000-4000-8000-000000000000',
        identityHash: `sha256$${'0'.repeat(64)}`,
        identitySalt: '0'.repeat(32),
        source: { id: `${ports.publicUrl}/d/${district.slug}/schools/x`, name: hostile },
        status: { list: `${ports.publicUrl}/d/${district.slug}/status/x`, index: 131_071 },
        assessed,
      },
    );
    findings = checkBeforeSigning(version, credential, assessed.by === 'review' ? assessed.levels : null);
    if (findings.length > 0)
      return findings.map(({ pointer, detail }) => ({ pointer: contentPointer(pointer), detail }));
    const { signer, controllerDocument } = throwAwaySigner(issuer.ref.did);
    const document = await secureCredential({ credential, signer, created: now });
    const proof = await verifyDataIntegrityProof({
      document,
      now,
      resolveVerificationMethod: async (id) => findVerificationMethod(controllerDocument, id),
    });
    return proof.ok ? [] : [{ pointer: '/proof', detail: `does not verify: ${proof.reason}` }];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.message }];
  }
}

function assessedOf(
  version: AchievementVersion,
  publicUrl: string,
  slug: string,
  code: string,
): AssessedSlots {
  const { assessment } = version.content;
  const digest = `uIDB${'A'.repeat(64)}`;
  switch (assessment.by) {
    case 'outside':
      return { by: 'outside' };
    case 'components':
      return {
        by: 'components',
        components: assessment.components.map((_, index) => ({
          id: credentialUrl(publicUrl, `${code}${String(index).padStart(18, '1')}`),
          name: hostile,
          genre: 'MicroCredential',
          issuedAt: '2026-11-20T09:00:00Z',
          digestMultibase: digest,
          mediaType: 'application/vc+ld+json',
        })),
      };
    case 'review':
      return {
        by: 'review',
        levels: Object.fromEntries(
          assessment.rubric.criteria.map((criterion) => [criterion.id, highest(criterion)]),
        ),
        evidence: assessment.requirements.map((requirement, index) => ({
          id: `urn:uuid:00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
          requirement: requirement.id,
          digestMultibase: digest,
        })),
        sentence: hostile,
        statement: {
          id: statementUrl(publicUrl, slug, '0'.repeat(64)),
          digestMultibase: digest,
          mediaType: 'application/json',
        },
      };
    default:
      return unreachable(assessment);
  }
}

/** The highest level meets any rule that can be met. */
function highest(criterion: Criterion): string {
  return criterion.levels.at(-1)?.id ?? '';
}

/** Members of the credential, each with the place in the content that it is made from; the first that begins a pointer. */
const madeFrom: readonly (readonly [RegExp, string])[] = [
  [/^\/credentialSubject\/achievement\/criteria\/narrative/, '/criteria'],
  [/^\/credentialSubject\/achievement\/inLanguage/, '/language'],
  [/^\/credentialSubject\/achievement\/alignment/, '/alignments'],
  [/^\/credentialSubject\/achievement\/tag/, '/tags'],
  [/^\/credentialSubject\/achievement\/creditsAvailable|^\/credentialSubject\/creditsEarned/, '/creditHours'],
  [
    /^\/credentialSubject\/achievement\/resultDescription\/(\d+)\/rubricCriterionLevel\/(\d+)/,
    '/assessment/rubric/criteria/$1/levels/$2',
  ],
  [/^\/credentialSubject\/achievement\/resultDescription/, '/assessment/rubric/criteria'],
  [/^\/evidence/, '/assessment/requirements'],
  [/^\/credentialSubject\/achievement/, ''],
];

function contentPointer(pointer: string): string {
  const row = madeFrom.find(([place]) => place.test(pointer));
  return row === undefined ? pointer : pointer.replace(row[0], row[1]);
}
