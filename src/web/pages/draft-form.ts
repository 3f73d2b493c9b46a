import type { AchievementContent } from '../../achievements/index.js';
import { itemsAt, nodeAt, textAt, textsAt, treeOf, type Tree } from './draft-tree.js';

/** An achievement's content as its form holds it: everything is text, so that anything typed can be shown again. */
export interface DraftForm {
  readonly name: string;
  readonly description: string;
  readonly achievementType: string;
  readonly criteria: string;
  readonly language: string;
  readonly tags: string;
  readonly creditHours: string;
  readonly validForMonths: string;
  readonly statusEntries: string;
  readonly alignments: readonly DraftAlignment[];
  readonly by: string;
  readonly how: string;
  readonly components: readonly string[];
  readonly rubric: readonly DraftCriterion[];
  readonly rule: { readonly kind: string; readonly allowances: string; readonly cut: string };
  readonly requirements: readonly DraftRequirement[];
}

export interface DraftAlignment {
  readonly targetName: string;
  readonly targetUrl: string;
  readonly targetFramework: string;
  readonly targetCode: string;
  readonly targetDescription: string;
}

export interface DraftCriterion {
  /** Kept once made; '' makes one from the name. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly levels: readonly { readonly name: string; readonly descriptor: string }[];
  /** Numbers of levels, from 1. */
  readonly required: string;
  readonly floor: string;
}

export interface DraftRequirement {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly description: string;
  readonly genre: string;
  readonly mediaTypes: readonly string[];
  readonly min: string;
  readonly max: string;
  readonly needsConsent: string;
  /** Ids of criteria. */
  readonly serves: readonly string[];
}

/** What was typed. */
export function draftFormOf(fields: { readonly [name: string]: unknown }): DraftForm {
  const tree = treeOf(fields);
  const assessment = nodeAt(tree, 'assessment');
  const rubric = nodeAt(assessment, 'rubric');
  const rule = nodeAt(rubric, 'rule');
  const text = (node: Tree, ...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, textAt(node, name)]));
  return {
    ...(text(
      tree,
      'name',
      'description',
      'achievementType',
      'criteria',
      'language',
      'tags',
      'creditHours',
      'validForMonths',
    ) as Pick<
      DraftForm,
      | 'name'
      | 'description'
      | 'achievementType'
      | 'criteria'
      | 'language'
      | 'tags'
      | 'creditHours'
      | 'validForMonths'
    >),
    statusEntries: textAt(tree, 'statusEntries') || 'revocation',
    alignments: itemsAt(tree, 'alignments').map(
      (item) =>
        text(
          item,
          'targetName',
          'targetUrl',
          'targetFramework',
          'targetCode',
          'targetDescription',
        ) as unknown as DraftAlignment,
    ),
    by: textAt(assessment, 'by') || 'review',
    how: textAt(assessment, 'how'),
    components: textsAt(assessment, 'components'),
    rubric: itemsAt(rubric, 'criteria').map((item) => ({
      id: textAt(item, 'id'),
      name: textAt(item, 'name'),
      description: textAt(item, 'description'),
      required: textAt(item, 'requiredLevel'),
      floor: textAt(item, 'floor'),
      levels: itemsAt(item, 'levels').map((level) => ({
        name: textAt(level, 'name'),
        descriptor: textAt(level, 'descriptor'),
      })),
    })),
    rule: {
      kind: textAt(rule, 'kind') || 'conjunctive',
      allowances: textAt(rule, 'allowances'),
      cut: textAt(rule, 'cut'),
    },
    requirements: itemsAt(assessment, 'requirements').map((item) => ({
      ...(text(item, 'id', 'kind', 'name', 'description', 'genre', 'min', 'max', 'needsConsent') as Omit<
        DraftRequirement,
        'mediaTypes' | 'serves'
      >),
      mediaTypes: textsAt(item, 'mediaTypes'),
      serves: textsAt(item, 'serves'),
    })),
  };
}

/** What is kept, as its form. */
export function draftFormFrom(content: AchievementContent): DraftForm {
  const { assessment } = content;
  const review = assessment.by === 'review' ? assessment : undefined;
  const rule = review?.rubric.rule;
  const numberIn = (levels: readonly { readonly id: string }[], id: string | undefined) => {
    const index = levels.findIndex((level) => level.id === id);
    return index < 0 ? '' : String(index + 1);
  };
  return {
    name: content.name,
    description: content.description,
    achievementType: content.achievementType,
    criteria: content.criteria,
    language: content.language,
    tags: content.tags.join(', '),
    creditHours: String(content.creditHours),
    validForMonths: content.validForMonths === null ? '' : String(content.validForMonths),
    statusEntries: content.statusEntries ?? 'revocation',
    alignments: content.alignments.map((alignment) => ({
      ...alignment,
      targetCode: alignment.targetCode ?? '',
      targetDescription: alignment.targetDescription ?? '',
    })),
    by: assessment.by,
    how: assessment.by === 'outside' ? assessment.how : '',
    components: assessment.by === 'components' ? assessment.components : [],
    rubric: (review?.rubric.criteria ?? []).map((criterion) => ({
      id: criterion.id,
      name: criterion.name,
      description: criterion.description,
      levels: criterion.levels.map(({ name, descriptor }) => ({ name, descriptor })),
      required: numberIn(criterion.levels, criterion.requiredLevel),
      floor: rule?.kind === 'compensatory' ? numberIn(criterion.levels, rule.floors[criterion.id]) : '',
    })),
    rule: {
      kind: rule?.kind ?? 'conjunctive',
      allowances: rule?.kind === 'conjunctive-with-allowances' ? String(rule.allowances) : '',
      cut: rule?.kind === 'compensatory' ? String(rule.cut) : '',
    },
    requirements: (review?.requirements ?? []).map((requirement) => ({
      ...requirement,
      min: String(requirement.min),
      max: String(requirement.max),
      needsConsent: requirement.needsConsent ? 'yes' : '',
      serves: requirement.serves ?? [],
    })),
  };
}

const blankLevel = { name: '', descriptor: '' };
const usualLevels = ['Beginning', 'Developing', 'Proficient', 'Exemplary'].map((name) => ({
  name,
  descriptor: '',
}));
const blankCriterion: DraftCriterion = {
  id: '',
  name: '',
  description: '',
  levels: usualLevels,
  required: '3',
  floor: '',
};
const blankRequirement: DraftRequirement = {
  id: '',
  kind: 'file',
  name: '',
  description: '',
  genre: '',
  mediaTypes: ['application/pdf'],
  min: '1',
  max: '1',
  needsConsent: '',
  serves: [],
};
const blankAlignment: DraftAlignment = {
  targetName: '',
  targetUrl: '',
  targetFramework: '',
  targetCode: '',
  targetDescription: '',
};

/** A form to begin with. */
export function newDraftForm(language: string): DraftForm {
  return {
    ...draftFormOf({}),
    language,
    achievementType: 'MicroCredential',
    creditHours: '0',
    alignments: [blankAlignment],
    rubric: [blankCriterion],
    requirements: [blankRequirement],
  };
}

/**
 * The form after one of its named buttons: `add:criteria`, `remove:criteria/1`, `up:criteria/1`, `add:criteria/1/levels`,
 * `remove:criteria/1/levels/0`, and the same for `requirements` and `alignments`. Undefined for a button that saves.
 */
export function afterButton(form: DraftForm, button: string): DraftForm | undefined {
  const match =
    /^(add|remove|up):(criteria|requirements|alignments)(?:\/(\d{1,2}))?(?:\/levels(?:\/(\d{1,2}))?)?$/.exec(
      button,
    );
  if (match === null) return undefined;
  const [, verb, list] = match;
  const index = match[3] === undefined ? undefined : Number(match[3]);
  if (list === 'alignments')
    return { ...form, alignments: changed(form.alignments, verb!, index, blankAlignment) };
  if (list === 'requirements')
    return { ...form, requirements: changed(form.requirements, verb!, index, blankRequirement) };
  if (!button.includes('/levels'))
    return { ...form, rubric: changed(form.rubric, verb!, index, blankCriterion) };
  const level = match[4] === undefined ? undefined : Number(match[4]);
  return {
    ...form,
    rubric: form.rubric.map((criterion, at) =>
      at === index
        ? { ...criterion, levels: changed(criterion.levels, verb!, level, blankLevel) }
        : criterion,
    ),
  };
}

function changed<T>(list: readonly T[], verb: string, index: number | undefined, blank: T): readonly T[] {
  switch (verb) {
    case 'add':
      return list.length < 20 ? [...list, blank] : list;
    case 'remove':
      return list.filter((_item, at) => at !== index);
    default: {
      if (index === undefined || index < 1 || index >= list.length) return list;
      const moved = [...list];
      [moved[index - 1], moved[index]] = [moved[index]!, moved[index - 1]!];
      return moved;
    }
  }
}
