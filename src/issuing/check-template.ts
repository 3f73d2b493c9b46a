import {
  decide,
  enforcedFloor,
  listsSuspension,
  type AchievementVersion,
  type Findings,
  type Levels,
  type Rubric,
} from '../achievements/index.js';
import { AppError, found, unreachable, type BasePorts, type FieldError } from '../kernel/index.js';
import type { TenancyPorts } from '../tenancy/index.js';
import { checkBeforeSigning } from './check-before-signing.js';
import { composeCredential, type AssessedSlots, type CredentialSlots } from './compose-credential.js';
import { credentialUrl, statementUrl } from './credential-ids.js';
import { hostileText } from './hostile-slots.js';
import { issuerFrom, type Issuer } from './issuer-of.js';
import { forbidsSigning, type LintFinding } from './lint/rule.js';
import { trialWorld, type TrialWorld } from './trial-world.js';
import { tryOut } from './try-out.js';

/** What a template is checked with. */
export interface TemplatePorts extends BasePorts {
  readonly publicUrl: string;
  readonly tenancy: TenancyPorts;
}

/**
 * What keeps this version from being published, and what its author should know: credentials of it are composed, one
 * with everything at its most hostile and one with everything left out that may be, held to every check before signing,
 * signed with throw-away keys (the first as JSON and as JWT), verified by our whole verifier and held to every lint rule. Pointers
 * are into the content where a member of the credential comes from it.
 */
export async function checkTemplate(ports: TemplatePorts, version: AchievementVersion): Promise<Findings> {
  const district = found(await ports.tenancy.store.district(version.district), 'district');
  const issuer = issuerFrom(ports.publicUrl, district);
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  try {
    const world = await worldOf(ports, issuer, version);
    for (const { forms, ...slots } of trialSlots(ports, issuer, version, world)) {
      const credential = composeCredential({ issuer: issuer.profile, version }, slots);
      const { assessed } = slots;
      const first = checkBeforeSigning(
        version,
        credential,
        assessed.by === 'review' ? assessed.levels : null,
      );
      const findings: readonly LintFinding[] =
        first.length > 0
          ? first.map((finding) => ({ ...finding, rule: 'slots', severity: 'error' }))
          : await tryOut({ credential, now: ports.clock.now(), resolver: world.resolver, forms });
      errors.push(...findings.filter(forbidsSigning).map(inContent));
      warnings.push(...findings.filter(({ severity }) => severity === 'warning').map(inContent));
      if (findings.some(({ severity }) => severity === 'note')) warnings.push(notTrusted(version, findings));
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    errors.push(...(error.errors.length > 0 ? error.errors : [{ pointer: '', detail: error.message }]));
  }
  return { errors: once(errors), warnings: once(warnings) };
}

function worldOf(ports: TemplatePorts, issuer: Issuer, version: AchievementVersion): Promise<TrialWorld> {
  const { publicUrl } = ports;
  const { assessment } = version.content;
  const { slug, code } = issuer.district;
  const componentIds =
    assessment.by === 'components'
      ? assessment.components.map((_, index) =>
          credentialUrl(publicUrl, `${code}${String(index).padStart(18, '1')}`),
        )
      : [];
  return trialWorld({
    version,
    issuer: issuer.profile,
    now: ports.clock.now(),
    statementUrl: statementUrl(publicUrl, slug, '0'.repeat(64)),
    componentIds,
    componentName: hostileText,
  });
}

/** The edges of what slots may hold: all at its most hostile, and all at its least. */
function trialSlots(
  { publicUrl, clock }: TemplatePorts,
  { district }: Issuer,
  version: AchievementVersion,
  world: TrialWorld,
): readonly (CredentialSlots & { readonly forms: readonly ('json' | 'jwt')[] })[] {
  const common = {
    credentialId: credentialUrl(publicUrl, `${district.code}${'0'.repeat(18)}`),
    identityHash: `sha256$${'0'.repeat(64)}`,
    identitySalt: '0'.repeat(32),
  };
  const list = `${publicUrl}/d/${district.slug}/status/revocation`;
  const suspension = (index: number) =>
    listsSuspension(version.content)
      ? { suspension: { list: `${publicUrl}/d/${district.slug}/status/suspension`, index } }
      : {};
  const now = clock.now();
  return [
    {
      ...common,
      forms: ['json', 'jwt'],
      subjectId: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      validFrom: now,
      validUntil: '9999-12-31T23:59:59Z',
      awardedDate: '1970-01-01T00:00:00Z',
      source: { id: `${publicUrl}/d/${district.slug}/schools/x`, name: hostileText },
      status: { list, index: 131_071 },
      ...suspension(131_071),
      assessed: assessedOf(version, world, 'most'),
    },
    {
      ...common,
      forms: ['json'],
      subjectId: 'did:web:holder.example:people:1',
      validFrom: '2000-02-29T23:59:59Z',
      validUntil: null,
      awardedDate: now,
      source: null,
      status: { list, index: 0 },
      ...suspension(0),
      assessed: assessedOf(version, world, 'least'),
    },
  ];
}

function assessedOf(version: AchievementVersion, world: TrialWorld, edge: 'most' | 'least'): AssessedSlots {
  const { assessment } = version.content;
  switch (assessment.by) {
    case 'outside':
      return { by: 'outside' };
    case 'components':
      return { by: 'components', components: world.components };
    case 'review':
      return {
        by: 'review',
        levels: edge === 'most' ? highest(assessment.rubric) : lowestMet(assessment.rubric),
        evidence: assessment.requirements
          .map((requirement, index) => ({
            id: `urn:uuid:00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
            requirement: requirement.id,
            digestMultibase: edge === 'most' ? `uIDB${'A'.repeat(64)}` : null,
            min: requirement.min,
          }))
          .filter(({ min }) => edge === 'most' || min > 0)
          .map(({ min: _min, ...slot }) => slot),
        sentence: edge === 'most' ? hostileText : '.',
        statement: world.statement,
      };
    default:
      return unreachable(assessment);
  }
}

/** The highest levels meet any rule that can be met. */
function highest({ criteria }: Rubric): Levels {
  return Object.fromEntries(criteria.map((criterion) => [criterion.id, criterion.levels.at(-1)?.id ?? '']));
}

/** The lowest levels that the rule calls met, as far as its floors tell; else the highest. */
function lowestMet(rubric: Rubric): Levels {
  const lowest = Object.fromEntries(
    rubric.criteria.map((criterion) => [
      criterion.id,
      enforcedFloor(rubric, criterion) ?? criterion.requiredLevel,
    ]),
  );
  return decide(rubric, lowest) === 'met' ? lowest : highest(rubric);
}

function inContent({ rule, pointer, detail }: LintFinding): FieldError {
  return { pointer: contentPointer(pointer), detail: rule === 'slots' ? detail : `${detail} (${rule})` };
}

/** What a milestone and an outside assessment are told: they are no TrustEd Microcredentials, by design. */
function notTrusted({ content }: AchievementVersion, findings: readonly LintFinding[]): FieldError {
  const missing = findings.filter(({ severity }) => severity === 'note').map(({ rule }) => rule);
  return {
    pointer: '/assessment/by',
    detail: `is "${content.assessment.by}": its credentials are no TrustEd Microcredentials (${[...new Set(missing)].join(', ')})`,
  };
}

function once(findings: readonly FieldError[]): readonly FieldError[] {
  const texts = findings.map((finding) => JSON.stringify(finding));
  return findings.filter((_, index) => texts.indexOf(texts[index]!) === index);
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
  [/^\/credentialStatus/, '/statusEntries'],
  [/^\/credentialSubject\/achievement/, ''],
];

function contentPointer(pointer: string): string {
  const row = madeFrom.find(([place]) => place.test(pointer));
  return row === undefined ? pointer : pointer.replace(row[0], row[1]);
}
