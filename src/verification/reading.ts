import type { JsonObject } from '../securing/index.js';
import type { CheckName, Finding } from './finding.js';

/** How the credential is secured: by proofs in it, or as a token around it. */
export type Secured =
  | { readonly kind: 'proofs'; readonly proofs: readonly JsonObject[] }
  | {
      readonly kind: 'jwt';
      readonly token: string;
      readonly alg: string;
      readonly kid: string | null;
      readonly claims: JsonObject;
    };

export type Findings = { readonly [check in CheckName]?: Finding };

/** What the reading checks hand from one to the next. Plain data, so that it can cross to and from a worker thread. */
export interface Draft {
  readonly bytes: Uint8Array;
  readonly limits: ReadingLimits;
  container?: 'text' | 'png' | 'svg' | 'pdf';
  /** The credential's text, JSON or compact JWS, taken out of the file it came in. */
  text?: string;
  /** Why the file gave no text. */
  nothing?: { readonly kind: 'none' | 'ambiguous' | 'unreadable' | 'older-version'; readonly reason: string };
  duplicateName?: string;
  token?: string;
  /** The JSON as received, of a token without its claims. Only the reading checks look at it. */
  received?: JsonObject;
  /** Credentials found inside, as received. */
  embedded?: readonly JsonObject[];
  secured?: Secured;
  /** `received`, compacted with pinned contexts and with arrays where the Open Badges model has them. */
  document?: JsonObject;
}

export interface ReadingLimits {
  readonly bytes: number;
  readonly nodes: number;
  readonly depth: number;
}

/** For credentials that anybody hands in. */
export const credentialLimits: ReadingLimits = { bytes: 64 * 1024, nodes: 4000, depth: 32 };

/** For status lists, whose one long string is no work to read. */
export const statusListLimits: ReadingLimits = { bytes: 512 * 1024, nodes: 400, depth: 16 };

/** A PNG, SVG or PDF file around a credential. */
export const fileLimit = 8 * 1024 * 1024;

/** A credential that was read: what the judging checks work on. */
export interface ReadCredential {
  readonly document: JsonObject;
  readonly secured: Secured;
  /** What proofs are verified over: `document`, or the JSON as received where a suite signs the JSON itself (JCS). */
  readonly received: JsonObject;
  /** The first of the contexts it came with: says which data model it follows. */
  readonly firstContext: string;
}

/** How far reading came. `credential` is there only when every reading check passed. */
export interface Reading {
  readonly findings: Findings;
  readonly credential: ReadCredential | undefined;
  readonly embedded: readonly JsonObject[];
}

/** The value as a list: one thing and a list of one thing mean the same in JSON-LD. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** The id of a thing that is written as its id or as an object with one. */
export function idOf(value: unknown): string | undefined {
  const id: unknown =
    typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }).id : value;
  return typeof id === 'string' ? id : undefined;
}
