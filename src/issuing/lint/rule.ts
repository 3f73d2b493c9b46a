import type { FieldError, Instant } from '../../kernel/index.js';
import type { JsonObject } from '../../securing/index.js';
import type { Resolver } from '../../verification/index.js';

/** `fatal` and `error` stop the signing; `warning` and `note` are told to the author and recorded. */
export const severities = ['fatal', 'error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/** What a rule looks at: a secured document, and what it points at. */
export interface Linted {
  /** Exactly as it would be served: JSON, or a compact JWS. */
  readonly text: string;
  /** What is in it; of a JWS the payload without the claims that its form adds. */
  readonly document: JsonObject;
  /** Header and whole payload, where it came as a JWS. */
  readonly token: { readonly header: JsonObject; readonly payload: JsonObject } | undefined;
  readonly resolver: Pick<Resolver, 'did' | 'schema' | 'statusList' | 'resource'>;
  readonly now: Instant;
}

/** Of what a rule speaks: a badge (AchievementCredential), an EndorsementCredential, or both. */
export type LintedKind = 'badge' | 'endorsement';

/** One rule. Its condition is what must hold. */
export interface LintRule {
  readonly id: string;
  /** The step of the 1EdTech public validator that it restates, 1 to 15; `own` where it is ours. */
  readonly step: number | 'own';
  readonly severity: Severity;
  readonly condition: string;
  readonly kinds: readonly LintedKind[];
  /** How the document must be secured for the rule to speak of it; either way when left out. */
  readonly form?: 'proof' | 'jwt';
  /** Not asked where one of these has found something: it could only say the same again. */
  readonly after?: readonly string[];
  readonly check: (linted: Linted) => readonly FieldError[] | Promise<readonly FieldError[]>;
}

export interface LintFinding extends FieldError {
  readonly rule: string;
  readonly severity: Severity;
}

/** Whether a finding forbids signing. */
export function forbidsSigning({ severity }: Pick<LintFinding, 'severity'>): boolean {
  return severity === 'fatal' || severity === 'error';
}

export const both: readonly LintedKind[] = ['badge', 'endorsement'];
export const badge: readonly LintedKind[] = ['badge'];

/** One fault, or none when the condition holds. */
export function unless(holds: boolean, pointer: string, detail: string): readonly FieldError[] {
  return holds ? [] : [{ pointer, detail }];
}

/** The value as a list, as JSON-LD means it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** Whether the thing has this type. */
export function hasType(value: unknown, type: string): boolean {
  return listOf(memberOf(value, 'type')).includes(type);
}

/** A member of what may be an object. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** The items that do not pass, each by its place. */
export function itemsWithout(
  value: unknown,
  pointer: string,
  passes: (item: unknown) => boolean,
  detail: string,
): readonly FieldError[] {
  return listOf(value).flatMap((item, index) =>
    passes(item) ? [] : [{ pointer: Array.isArray(value) ? `${pointer}/${index}` : pointer, detail }],
  );
}
