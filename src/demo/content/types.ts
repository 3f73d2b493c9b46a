/**
 * What the demo district publishes, as data. The demo speaks to the service over HTTP only, so these are its own types and
 * no room's.
 */

/** 1 Beginning, 2 Developing, 3 Proficient, 4 Exemplary. */
export type Level = 1 | 2 | 3 | 4;

/** One level for each criterion of the microcredential, in the order of its `criteria`. */
export type Levels = readonly [Level, Level, Level, Level];

export const levelNames = ['Beginning', 'Developing', 'Proficient', 'Exemplary'] as const;

/** The level that every criterion requires, as a number and by name. */
export const requiredLevel = { level: 3, name: 'Proficient' } as const;

export interface DemoCriterion {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What is seen at each level, from Beginning to Exemplary. */
  readonly descriptors: readonly [string, string, string, string];
}

/** A statement of a public framework, by its own code and the address where its publisher has it. */
export interface DemoAlignment {
  readonly framework: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly url: string;
}

export interface DemoRequirement {
  readonly id: string;
  readonly kind: 'file' | 'text';
  readonly name: string;
  readonly description: string;
  readonly genre: string;
  /** Of a file; a text is Markdown. */
  readonly mediaTypes: readonly string[];
  /** Least and most: files of a file requirement, words of a text. */
  readonly min: number;
  readonly max: number;
  /** False where min says how many are wanted once the teacher chooses to give any: published with a least of 0. */
  readonly required: boolean;
  /** True where children may be seen or heard, so that consent must be recorded. */
  readonly showsChildren: boolean;
}

/** Where an exemplar is proposed to serve: the qualifying form, its reserve, practice, or hidden in live work. */
export type Pool = 'form' | 'reserve' | 'practice' | 'seed';

export interface DemoExemplar {
  readonly id: string;
  readonly title: string;
  readonly pool: Pool;
  /** De-identified: no names, no school. */
  readonly evidence: readonly { readonly id: string; readonly name: string; readonly text: string }[];
  /** The median of the three experts' ratings, criterion by criterion. */
  readonly key: Levels;
  readonly ratings: readonly [Levels, Levels, Levels];
  /** Why the key is what it is, one for each criterion, each resting on an evidence item. */
  readonly rationale: readonly { readonly evidence: string; readonly text: string }[];
}

export interface DemoMicrocredential {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Markdown. */
  readonly criteriaNarrative: string;
  readonly tags: readonly string[];
  readonly creditHours: number;
  readonly criteria: readonly [DemoCriterion, DemoCriterion, DemoCriterion, DemoCriterion];
  readonly alignments: readonly DemoAlignment[];
  readonly requirements: readonly DemoRequirement[];
}

/** An exemplar from its parts: evidence ids are e1, e2, ...; a rationale names its evidence by that id. */
export function exemplar(
  id: string,
  pool: Pool,
  title: string,
  evidence: readonly (readonly [name: string, text: string])[],
  key: Levels,
  ratings: readonly [Levels, Levels, Levels],
  rationale: readonly (readonly [evidence: string, text: string])[],
): DemoExemplar {
  return {
    id,
    title,
    pool,
    evidence: evidence.map(([name, text], index) => ({ id: `e${index + 1}`, name, text })),
    key,
    ratings,
    rationale: rationale.map(([item, text]) => ({ evidence: item, text })),
  };
}
