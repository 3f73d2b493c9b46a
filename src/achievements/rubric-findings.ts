import { unreachable, type FieldError } from '../kernel/index.js';
import type { Findings } from './content-findings.js';
import { levelId } from './content-input.js';
import { localIdFault } from './local-id.js';
import { levelNumber, type Criterion, type Rubric } from './rubric.js';

/** Holds a rubric to its rules: ordered levels with descriptors, ids that name one thing, a rule that can be met and can be failed. */
export function rubricFindings(rubric: Rubric, at: string): Findings {
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  if (rubric.criteria.length === 0)
    errors.push({ pointer: `${at}/criteria`, detail: 'must hold at least one criterion' });
  const ids = rubric.criteria.map((criterion) => criterion.id);
  rubric.criteria.forEach((criterion, index) => {
    const found = criterionFindings(criterion, `${at}/criteria/${index}`);
    errors.push(...found.errors);
    warnings.push(...found.warnings);
    if (ids.indexOf(criterion.id) !== index) {
      errors.push({
        pointer: `${at}/criteria/${index}/id`,
        detail: `"${criterion.id}" is used by an earlier criterion; ids are unique`,
      });
    }
  });
  const rule = ruleFindings(rubric, `${at}/rule`);
  return { errors: [...errors, ...rule.errors], warnings: [...warnings, ...rule.warnings] };
}

function criterionFindings(criterion: Criterion, at: string): Findings {
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const { levels } = criterion;
  const idFault = localIdFault(criterion.id);
  if (idFault !== undefined) errors.push({ pointer: `${at}/id`, detail: idFault });
  if (criterion.name === '') errors.push({ pointer: `${at}/name`, detail: 'must not be empty' });
  if (criterion.description === '') {
    warnings.push({
      pointer: `${at}/description`,
      detail: 'is empty: reviewers agree more when a criterion says what to look at',
    });
  }
  if (levels.length < 2 || levels.length > 6) {
    errors.push({
      pointer: `${at}/levels`,
      detail: `must be 2 to 6 levels, lowest first; there are ${levels.length}`,
    });
  }
  levels.forEach((level, index) => {
    const expected = levelId(criterion.id, index + 1);
    if (level.id !== expected) {
      errors.push({
        pointer: `${at}/levels/${index}/id`,
        detail: `must be "${expected}" (criterion and position), or left out`,
      });
    }
    if (level.name === '')
      errors.push({ pointer: `${at}/levels/${index}/name`, detail: 'must not be empty' });
    if (level.descriptor === '') {
      errors.push({
        pointer: `${at}/levels/${index}/descriptor`,
        detail: 'must say what work at this level looks like',
      });
    }
  });
  if (new Set(levels.map((level) => level.name)).size !== levels.length) {
    errors.push({ pointer: `${at}/levels`, detail: 'must not give two levels one name' });
  }
  const descriptors = levels.map((level) => level.descriptor).filter((text) => text !== '');
  if (new Set(descriptors).size !== descriptors.length) {
    errors.push({
      pointer: `${at}/levels`,
      detail: 'must not describe two levels in the same words: nobody could tell them apart',
    });
  }
  const required = levelNumber(criterion, criterion.requiredLevel);
  if (required === undefined) {
    errors.push({
      pointer: `${at}/requiredLevel`,
      detail: `must be the id of one of the criterion's levels: ${levels.map((level) => level.id).join(', ')}`,
    });
  } else if (required === 1) {
    warnings.push({
      pointer: `${at}/requiredLevel`,
      detail: 'is the lowest level, which every work reaches',
    });
  }
  return { errors, warnings };
}

function ruleFindings(rubric: Rubric, at: string): Findings {
  const errors: FieldError[] = [];
  const warnings: FieldError[] = [];
  const { rule, criteria } = rubric;
  switch (rule.kind) {
    case 'conjunctive':
      break;
    case 'conjunctive-with-allowances':
      if (
        !Number.isInteger(rule.allowances) ||
        rule.allowances < 0 ||
        rule.allowances >= Math.max(1, criteria.length)
      ) {
        errors.push({
          pointer: `${at}/allowances`,
          detail: `must be a whole number from 0 and below the number of criteria (${criteria.length}), or nothing would be required`,
        });
      }
      break;
    case 'compensatory': {
      const highest = criteria.reduce((sum, criterion) => sum + criterion.levels.length, 0);
      if (!Number.isInteger(rule.cut) || rule.cut > highest) {
        errors.push({
          pointer: `${at}/cut`,
          detail: `must be a whole number not above ${highest}, the sum of the highest levels, or nobody could meet it`,
        });
      } else if (rule.cut <= criteria.length) {
        errors.push({
          pointer: `${at}/cut`,
          detail: `must be above ${criteria.length}, the sum of the lowest levels, or every work would meet it`,
        });
      }
      for (const [name, floor] of Object.entries(rule.floors)) {
        const criterion = criteria.find((candidate) => candidate.id === name);
        const pointer = `${at}/floors/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (criterion === undefined) errors.push({ pointer, detail: 'must name a criterion of this rubric' });
        else if (levelNumber(criterion, floor) === undefined)
          errors.push({ pointer, detail: `must be the id of a level of "${name}"` });
      }
      if (Object.keys(rule.floors).length === 0) {
        warnings.push({
          pointer: `${at}/floors`,
          detail: 'names no floor: credentials can claim no required level for any criterion',
        });
      }
      break;
    }
    default:
      unreachable(rule);
  }
  return { errors, warnings };
}
