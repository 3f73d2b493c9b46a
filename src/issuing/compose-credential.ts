import {
  enforcedFloor,
  listsSuspension,
  type AchievementVersion,
  type EvidenceRequirement,
  type Levels,
} from '../achievements/index.js';
import { unreachable, type Instant } from '../kernel/index.js';
import { goldenContexts } from '../securing/index.js';
import type { StatusPurpose } from '../status/index.js';
import { componentResultId, resultDescriptionId, rubricLevelId } from './credential-ids.js';

/** The schema that every Open Badges 3.0 credential names (Open Badges 3.0, section 8.3). */
export const canonicalSchemaUrl =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

/** An Open Badges Profile as it stands in a credential. */
export interface IssuerProfile {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly email: string | null;
}

/** What all credentials of one achievement version by one issuer share. */
export interface CredentialTemplate {
  readonly issuer: IssuerProfile;
  readonly version: AchievementVersion;
}

/** A resource whose bytes the credential pins (VC Data Model 2.0, section 5.3, Integrity of Related Resources). */
export interface PinnedResource {
  readonly id: string;
  readonly digestMultibase: string;
  readonly mediaType: string;
}

/** One piece of evidence in the credential: what it is called comes from the version, never from what was typed. */
export interface EvidenceSlot {
  readonly id: string;
  readonly requirement: string;
  /** Of the salted manifest of the files; null for evidence of which nothing is pinned. */
  readonly digestMultibase: string | null;
}

/** A component of a milestone, pinned by the bytes as issued. */
export interface ComponentSlot extends PinnedResource {
  readonly name: string;
  readonly genre: string;
  readonly issuedAt: Instant;
}

/** What was found out, in the way in which this version finds it out. */
export type AssessedSlots =
  | {
      readonly by: 'review';
      readonly levels: Levels;
      readonly evidence: readonly EvidenceSlot[];
      /** The one sentence of the review quality statement. */
      readonly sentence: string;
      readonly statement: PinnedResource;
    }
  | { readonly by: 'outside' }
  | { readonly by: 'components'; readonly components: readonly ComponentSlot[] };

/** What differs from credential to credential. */
export interface CredentialSlots {
  readonly credentialId: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant | null;
  readonly awardedDate: Instant;
  readonly subjectId: string;
  /** `sha256$` and the hex SHA-256 of e-mail and salt (Open Badges 3.0, IdentityObject). */
  readonly identityHash: string;
  readonly identitySalt: string;
  /** The school that assessed for the district (Open Badges 3.0, AchievementSubject.source). */
  readonly source: { readonly id: string; readonly name: string } | null;
  readonly status: StatusSlot;
  /** Where a suspension is listed, where the version lists suspensions. */
  readonly suspension?: StatusSlot;
  readonly assessed: AssessedSlots;
  /** Signed EndorsementCredentials of what this credential is about; at most one of each. */
  readonly endorsements?: EmbeddedEndorsements;
}

/** The address of a status list, and a place in it. */
export interface StatusSlot {
  readonly list: string;
  readonly index: number;
}

/** Endorsements as they were issued, each where what it is about stands. */
export interface EmbeddedEndorsements {
  readonly achievement?: UnsignedCredential;
  readonly credential?: UnsignedCredential;
  readonly issuer?: UnsignedCredential;
}

/** A JSON object of a credential that is not signed yet. */
export type UnsignedCredential = { readonly [member: string]: unknown };

/**
 * The credential before it is signed, arrays and scalars exactly as every referee accepts them (the golden shape,
 * `docs/credentials.md`): `OpenBadgeCredential`, for a milestone `AchievementCredential`.
 * @throws Error when the slots were assessed otherwise than the version says, when suspension is listed otherwise, or a
 * requirement is not of the version.
 */
export function composeCredential(template: CredentialTemplate, slots: CredentialSlots): UnsignedCredential {
  const { version, issuer } = template;
  const { content } = version;
  if (slots.assessed.by !== content.assessment.by)
    throw new Error(`the version is assessed by ${content.assessment.by}, not ${slots.assessed.by}`);
  if ((slots.suspension !== undefined) !== listsSuspension(content))
    throw new Error('a place for suspension is given exactly where the version lists suspensions');
  return {
    '@context': [...goldenContexts],
    id: slots.credentialId,
    type: [
      'VerifiableCredential',
      slots.assessed.by === 'components' ? 'AchievementCredential' : 'OpenBadgeCredential',
    ],
    name: content.name,
    description: content.description,
    issuer: {
      ...present({
        id: issuer.id,
        type: ['Profile'],
        name: issuer.name,
        url: issuer.url,
        email: issuer.email,
      }),
      ...endorsedBy(slots.endorsements?.issuer),
    },
    validFrom: slots.validFrom,
    ...(slots.validUntil === null ? {} : { validUntil: slots.validUntil }),
    awardedDate: slots.awardedDate,
    credentialSubject: subjectOf(version, slots),
    ...someOf('evidence', evidenceOf(version, slots.assessed)),
    credentialStatus: statusOf(slots),
    credentialSchema: [canonicalSchemaUrl, credentialSchemaUrl(version)].map((id) => ({
      id,
      type: '1EdTechJsonSchemaValidator2019',
    })),
    ...(slots.assessed.by === 'review' ? { relatedResource: [{ ...slots.assessed.statement }] } : {}),
    ...endorsedBy(slots.endorsements?.credential),
  };
}

/** One object, as every referee wants it; a list only where the version's author chose that in spite of its price. */
function statusOf({
  status,
  suspension,
}: CredentialSlots): UnsignedCredential | readonly UnsignedCredential[] {
  const revocation = statusEntry('revocation', status);
  return suspension === undefined ? revocation : [revocation, statusEntry('suspension', suspension)];
}

function statusEntry(purpose: StatusPurpose, { list, index }: StatusSlot): UnsignedCredential {
  return {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: list,
  };
}

function endorsedBy(endorsement: UnsignedCredential | undefined) {
  return endorsement === undefined ? {} : { endorsement: [endorsement] };
}

/** Where the version's own JSON Schema is served. */
export function credentialSchemaUrl(version: Pick<AchievementVersion, 'url'>): string {
  return `${version.url}/credential-schema.json`;
}

/** The Open Badges Achievement of a version: the same object in every credential of it and at its own URL. */
export function achievementOf(version: AchievementVersion): UnsignedCredential {
  const { content, url } = version;
  return {
    id: url,
    type: ['Achievement'],
    achievementType: content.achievementType,
    name: content.name,
    version: String(version.number),
    inLanguage: content.language,
    description: content.description,
    criteria: { id: `${url}#criteria`, narrative: content.criteria },
    image: { id: `${url}/image.png`, type: 'Image', caption: `Badge of ${content.name}` },
    ...someOf(
      'alignment',
      content.alignments.map((alignment) =>
        present({
          type: ['Alignment'],
          targetName: alignment.targetName,
          targetCode: alignment.targetCode,
          targetDescription: alignment.targetDescription,
          targetFramework: alignment.targetFramework,
          targetType: 'CFItem',
          targetUrl: alignment.targetUrl,
        }),
      ),
    ),
    creditsAvailable: content.creditHours,
    ...someOf('related', relatedTo(version)),
    ...someOf('tag', content.tags),
    ...someOf('resultDescription', resultDescriptionsOf(version)),
  };
}

/** The version before this one; it answers at its address for good. */
function relatedTo({ url, number, content }: AchievementVersion): readonly UnsignedCredential[] {
  if (number === 1) return [];
  const before = String(number - 1);
  const id = url.replace(/v\d+$/, `v${before}`);
  return [{ id, type: ['Related'], inLanguage: content.language, version: before }];
}

function resultDescriptionsOf(version: AchievementVersion): readonly UnsignedCredential[] {
  const { assessment } = version.content;
  switch (assessment.by) {
    case 'outside':
      return [];
    case 'components':
      return [
        {
          id: componentResultId(version.url),
          type: ['ResultDescription'],
          name: 'Components earned',
          resultType: 'Status',
        },
      ];
    case 'review':
      return assessment.rubric.criteria.map((criterion) => {
        const floor = enforcedFloor(assessment.rubric, criterion);
        return {
          id: resultDescriptionId(version.url, criterion.id),
          type: ['ResultDescription'],
          name: criterion.name,
          resultType: 'RubricCriterionLevel',
          // Only what the decision rule truly enforces: a required level that an allowance may miss would be untrue.
          ...(floor === null ? {} : { requiredLevel: rubricLevelId(version.url, floor) }),
          // `level` is the order: the array is a set to the signature.
          rubricCriterionLevel: criterion.levels.map((level, index) => ({
            id: rubricLevelId(version.url, level.id),
            type: ['RubricCriterionLevel'],
            name: level.name,
            level: String(index + 1),
            points: String(index + 1),
            description: level.descriptor,
          })),
        };
      });
    default:
      return unreachable(assessment);
  }
}

function subjectOf(version: AchievementVersion, slots: CredentialSlots): UnsignedCredential {
  return {
    id: slots.subjectId,
    type: ['AchievementSubject'],
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: slots.identityHash,
        identityType: 'emailAddress',
        salt: slots.identitySalt,
      },
    ],
    achievement: { ...achievementOf(version), ...endorsedBy(slots.endorsements?.achievement) },
    creditsEarned: version.content.creditHours,
    ...(slots.source === null
      ? {}
      : { source: { id: slots.source.id, type: ['Profile'], name: slots.source.name } }),
    ...someOf('result', resultsOf(version, slots.assessed)),
    narrative: narrativeOf(version, slots.assessed),
  };
}

function resultsOf(version: AchievementVersion, assessed: AssessedSlots): readonly UnsignedCredential[] {
  switch (assessed.by) {
    case 'outside':
      return [];
    case 'components':
      return [
        {
          type: ['Result'],
          resultDescription: componentResultId(version.url),
          status: 'Completed',
          value: `${assessed.components.length} of ${assessed.components.length}`,
        },
      ];
    case 'review': {
      const { assessment } = version.content;
      if (assessment.by !== 'review') return [];
      return assessment.rubric.criteria.map((criterion) => ({
        type: ['Result'],
        resultDescription: resultDescriptionId(version.url, criterion.id),
        achievedLevel: rubricLevelId(version.url, assessed.levels[criterion.id] ?? ''),
        status: 'Completed',
      }));
    }
    default:
      return unreachable(assessed);
  }
}

function narrativeOf(version: AchievementVersion, assessed: AssessedSlots): string {
  switch (assessed.by) {
    case 'review':
      return assessed.sentence;
    case 'components':
      return 'Awarded for holding every component credential named under evidence.';
    case 'outside': {
      const { assessment } = version.content;
      const how = assessment.by === 'outside' ? assessment.how.trim() : '';
      return `Not reviewed here: assessed outside this service.${how === '' ? '' : ` ${how}`}`;
    }
    default:
      return unreachable(assessed);
  }
}

function evidenceOf(version: AchievementVersion, assessed: AssessedSlots): readonly UnsignedCredential[] {
  switch (assessed.by) {
    case 'outside':
      return [];
    case 'components':
      return assessed.components.map((component) => ({
        id: component.id,
        type: ['Evidence'],
        name: component.name,
        genre: component.genre,
        narrative: `Component credential, issued ${component.issuedAt}.`,
        digestMultibase: component.digestMultibase,
        mediaType: component.mediaType,
      }));
    case 'review':
      return assessed.evidence.map((evidence) => {
        const requirement = requirementOf(version, evidence.requirement);
        return {
          id: evidence.id,
          type: ['Evidence'],
          name: requirement.name,
          genre: requirement.genre,
          ...(requirement.description === '' ? {} : { narrative: requirement.description }),
          ...(evidence.digestMultibase === null
            ? {}
            : { digestMultibase: evidence.digestMultibase, mediaType: 'application/json' }),
        };
      });
    default:
      return unreachable(assessed);
  }
}

function requirementOf(version: AchievementVersion, id: string): EvidenceRequirement {
  const { assessment } = version.content;
  const requirement =
    assessment.by === 'review' ? assessment.requirements.find((one) => one.id === id) : undefined;
  if (requirement === undefined) throw new Error(`"${id}" is no evidence requirement of ${version.url}`);
  return requirement;
}

/** The object without its null members. */
function present(object: { readonly [member: string]: unknown }): UnsignedCredential {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== ''));
}

/** The member, unless the list is empty: an empty array is signed as nothing, so it is not written. */
function someOf(member: string, list: readonly unknown[]): { readonly [member: string]: readonly unknown[] } {
  return list.length === 0 ? {} : { [member]: list };
}
