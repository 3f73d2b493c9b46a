import { unreachable, type FieldError } from '../kernel/index.js';
import {
  achievementTypes,
  evidenceMediaTypes,
  type AchievementContent,
  type Alignment,
  type EvidenceRequirement,
} from './achievement.js';
import { localIdFault } from './local-id.js';
import { rubricFindings } from './rubric-findings.js';
import { rubricWeaknesses } from './rubric-weaknesses.js';
import { servedCriteriaFindings } from './served-criteria.js';

/** What keeps a content from being published, and what its author should look at. Pointers are into the content. */
export interface Findings {
  readonly errors: readonly FieldError[];
  readonly warnings: readonly FieldError[];
}

/** A language tag in the form that the OB 3.0 schema allows (LanguageCode). */
const languageTag = /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/;
const slug = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/**
 * Holds a content to every rule of publication that needs nothing but the content: the OB 3.0 data model's own, what
 * a TrustEd credential needs (an alignment, criteria), and that the rubric can be met and can be failed.
 */
export function contentFindings(content: AchievementContent): Findings {
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const error = (pointer: string, detail: string) => errors.push({ pointer, detail });
  const warn = (pointer: string, detail: string) => warnings.push({ pointer, detail });

  for (const field of ['name', 'description', 'criteria'] as const) {
    if (content[field] === '') error(`/${field}`, 'must not be empty: it is signed into every credential');
  }
  if (!isAchievementType(content.achievementType)) {
    error(
      '/achievementType',
      `must be an Open Badges achievement type (${achievementTypes.join(', ')}) or begin with "ext:"`,
    );
  }
  if (!languageTag.test(content.language))
    error('/language', 'must be a language tag such as "en", "en-US" or "zh-Hant"');
  if (!(
    content.creditHours >= 0 &&
    content.creditHours <= 1000 &&
    Number.isInteger(content.creditHours * 4)
  )) {
    error('/creditHours', 'must be a multiple of 0.25 from 0 to 1000');
  } else if (content.creditHours === 0) {
    warn('/creditHours', 'is 0: the achievement earns no credit');
  }
  if (
    content.validForMonths !== null &&
    !(Number.isInteger(content.validForMonths) && content.validForMonths >= 1)
  ) {
    error('/validForMonths', 'must be a whole number of months from 1, or null for no end');
  }
  if (new Set(content.tags).size !== content.tags.length) error('/tags', 'must not name a tag twice');
  if (content.tags.includes('')) error('/tags', 'must not hold an empty tag');
  if (content.alignments.length === 0)
    error('/alignments', 'must name at least one standard that the achievement aligns to');
  content.alignments.forEach((alignment, index) =>
    errors.push(...alignmentErrors(alignment, `/alignments/${index}`)),
  );
  // A framework often has one address for all its statements: the code tells them apart.
  const targets = content.alignments.map(({ targetUrl, targetCode }) => `${targetUrl} ${targetCode ?? ''}`);
  if (new Set(targets).size !== targets.length) {
    error('/alignments', 'must not name one target (URL and code) twice');
  }

  const { assessment } = content;
  switch (assessment.by) {
    case 'review': {
      const rubric = rubricFindings(assessment.rubric, '/assessment/rubric');
      errors.push(
        ...rubric.errors,
        ...requirementErrors(assessment.requirements, '/assessment/requirements'),
      );
      warnings.push(...rubric.warnings, ...rubricWeaknesses(assessment.rubric, '/assessment/rubric'));
      const served = servedCriteriaFindings(assessment.rubric, assessment.requirements, '/assessment');
      errors.push(...served.errors);
      warnings.push(...served.warnings);
      break;
    }
    case 'outside':
      if (assessment.how === '')
        error('/assessment/how', 'must say how the assessment was done: it stands on the public page');
      warn('/assessment/by', 'is "outside": every credential says "not reviewed here"');
      break;
    case 'components':
      if (assessment.components.length === 0)
        error('/assessment/components', 'must name at least one achievement');
      if (new Set(assessment.components).size !== assessment.components.length) {
        error('/assessment/components', 'must not name an achievement twice');
      }
      warn(
        '/assessment/by',
        'is "components": a milestone shows no levels of a rubric, so its credentials are no TrustEd Microcredentials',
      );
      if (assessment.components.length === 1) warn('/assessment/components', 'stacks a single achievement');
      break;
    default:
      unreachable(assessment);
  }
  return { errors, warnings };
}

/** Whether the type is in the OB 3.0 vocabulary or extends it by its rule. */
function isAchievementType(type: string): boolean {
  return (achievementTypes as readonly string[]).includes(type) || /^ext:[A-Za-z0-9._-]+$/.test(type);
}

function alignmentErrors(alignment: Alignment, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (alignment.targetName === '') errors.push({ pointer: `${at}/targetName`, detail: 'must not be empty' });
  if (alignment.targetFramework === '')
    errors.push({ pointer: `${at}/targetFramework`, detail: 'must name the framework' });
  const url = URL.canParse(alignment.targetUrl) ? new URL(alignment.targetUrl) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol) || url.username !== '') {
    errors.push({ pointer: `${at}/targetUrl`, detail: 'must be an http or https address of the standard' });
  } else if (!/^[\x21-\x7e]+$/.test(alignment.targetUrl)) {
    // Readers of JSON-LD differ on addresses that are no URIs (RFC 3986).
    errors.push({ pointer: `${at}/targetUrl`, detail: `must be written in ASCII: ${url.href}` });
  }
  return errors;
}

function requirementErrors(requirements: readonly EvidenceRequirement[], at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!requirements.some((requirement) => requirement.min > 0)) {
    errors.push({
      pointer: at,
      detail:
        'must hold at least one requirement with min of 1 or more: without evidence there is nothing to rate',
    });
  }
  const ids = requirements.map((requirement) => requirement.id);
  requirements.forEach((requirement, index) => {
    const add = (field: string, detail: string) =>
      errors.push({ pointer: `${at}/${index}/${field}`, detail });
    const idFault = localIdFault(requirement.id);
    if (idFault !== undefined) add('id', idFault);
    else if (ids.indexOf(requirement.id) !== index)
      add('id', `"${requirement.id}" is used by an earlier requirement; ids are unique`);
    for (const field of ['name', 'genre'] as const)
      if (requirement[field] === '') add(field, 'must not be empty');
    if (!Number.isInteger(requirement.min) || requirement.min < 0)
      add('min', 'must be a whole number from 0');
    if (!Number.isInteger(requirement.max) || requirement.max < Math.max(1, requirement.min)) {
      add('max', 'must be a whole number from 1, and not below min');
    }
    switch (requirement.kind) {
      case 'file': {
        const unknown = requirement.mediaTypes.find(
          (type) => !(evidenceMediaTypes as readonly string[]).includes(type),
        );
        if (requirement.mediaTypes.length === 0) add('mediaTypes', 'must name at least one media type');
        if (unknown !== undefined)
          add('mediaTypes', `"${unknown}" is not taken; choose of ${evidenceMediaTypes.join(', ')}`);
        if (requirement.max > 20) add('max', 'must be 20 files or fewer');
        break;
      }
      case 'text':
        if (requirement.mediaTypes.length > 0) add('mediaTypes', 'must be empty: text has no media type');
        if (requirement.needsConsent)
          add('needsConsent', 'must be false: a consent names files, and text has none');
        if (requirement.max > 10_000) add('max', 'must be 10000 words or fewer');
        break;
      default:
        unreachable(requirement.kind);
    }
  });
  return errors;
}

/** Whether `text` may be an id in a content, or an achievement's slug. */
export function isContentSlug(text: string): boolean {
  return slug.test(text);
}
