import { isJsonObject, type JsonObject } from '../securing/index.js';
import type { CheckName, Finding } from './finding.js';

/** What was handed in: a credential, a record (CLR) that asserts others, or a presentation that somebody put some into. */
export type DocumentKind = 'credential' | 'record' | 'presentation';

/** How a document is secured: by proofs in it, as a token around it, or (a presentation only) not at all. */
export type Secured =
  | { readonly kind: 'none' }
  | { readonly kind: 'proofs'; readonly proofs: readonly JsonObject[] }
  | {
      readonly kind: 'jwt';
      readonly token: string;
      readonly alg: string;
      readonly kid: string | null;
      readonly claims: JsonObject;
    };

/** A credential found inside, as it was received: JSON, or a compact JWS out of an envelope. */
export interface Embedded {
  /** `asserted`: what holds it stands for it, a presentation or a record. `included`: it stands within another credential. */
  readonly role: 'asserted' | 'included';
  readonly text: string;
}

export type Findings = { readonly [check in CheckName]?: Finding };

/** What the reading checks hand from one to the next. Plain data, so that it can cross to and from a worker thread. */
export interface Draft {
  readonly bytes: Uint8Array;
  readonly limits: ReadingLimits;
  container?: 'text' | 'png' | 'svg' | 'pdf';
  /** The credential's text, JSON or compact JWS, taken out of the file it came in. */
  text?: string;
  /** `text`, or the payload of the token in it, as a value. */
  value?: JsonObject;
  kind?: DocumentKind;
  /** Why there is no one credential to read. */
  nothing?: {
    readonly kind: 'none' | 'ambiguous' | 'unreadable' | 'older-version' | 'envelope';
    readonly reason: string;
  };
  duplicateName?: string;
  token?: string;
  /** The JSON as received, of a token without its claims. Only the reading checks look at it. */
  received?: JsonObject;
  /** Objects in `received` that are credentials and judged by themselves. */
  lifted?: readonly JsonObject[];
  embedded?: readonly Embedded[];
  /** Whether one id stands on several different objects, so that the document must be read from its root. */
  sharesIds?: boolean;
  /** Whether `document` was read from the root, and is not the signed graph itself any more. */
  isMerged?: boolean;
  secured?: Secured;
  /** `received`, compacted with pinned contexts and with arrays where the Open Badges model has them. */
  document?: JsonObject;
}

export interface ReadingLimits {
  readonly bytes: number;
  readonly nodes: number;
  readonly depth: number;
  /** For a document that holds credentials, each of which is then held to the limits of one; else it is no larger. */
  readonly container?: ReadingLimits;
  /**
   * Where the signature alone is asked for (`checks: 'proof'`): a credential may define words of its own, which come
   * out as the IRIs that they stand for, and may repeat a proof.
   */
  readonly signatureOnly?: true;
  /** Whether a context that has a meaning for every word may stand in the document (`contexts: 'all-pinned'`). */
  readonly anyWord?: true;
}

/**
 * For what anybody hands in. The nodes of a container are bounded well below 60 times those of one credential: its
 * own signature is over all of it at once.
 */
export const credentialLimits: ReadingLimits = {
  bytes: 64 * 1024,
  nodes: 4000,
  depth: 32,
  container: { bytes: 1024 * 1024, nodes: 20_000, depth: 40 },
};

/** For what anybody hands in to have its signature checked, and nothing else. */
export const signatureLimits: ReadingLimits = { ...credentialLimits, signatureOnly: true, anyWord: true };

/** For what an interface for interoperability tests is given. */
export const interopLimits: ReadingLimits = { ...credentialLimits, anyWord: true };

/** For status lists, whose one long string is no work to read. */
export const statusListLimits: ReadingLimits = { bytes: 512 * 1024, nodes: 400, depth: 16 };

/** A PNG, SVG or PDF file around a credential. */
export const fileLimit = 8 * 1024 * 1024;

/** A credential or presentation that was read: what the judging checks work on. */
export interface ReadCredential {
  readonly kind: DocumentKind;
  /** Of a presentation: without the credentials in it, each of which is read by itself. */
  readonly document: JsonObject;
  readonly secured: Secured;
  /** The JSON as received. */
  readonly received: JsonObject;
  /**
   * Whether proofs are verified over `received`: where `document` is what the graph says of the root, put together
   * from several places. Else over `document`, but for a suite that signs the JSON itself (JCS).
   */
  readonly isMerged: boolean;
  /** The first of the contexts it came with: says which data model it follows. */
  readonly firstContext: string;
}

/** How far reading came. `credential` is there only when every reading check passed. */
export interface Reading {
  readonly findings: Findings;
  /** What it is, as soon as that was seen. */
  readonly kind: DocumentKind | undefined;
  readonly credential: ReadCredential | undefined;
  readonly embedded: readonly Embedded[];
}

/** More credentials than this in one document, at any depth of it together, are not judged. */
export const nestedLimit = 60;

/** A presentation without the credentials in it. */
export function withoutPresented(presentation: JsonObject): JsonObject {
  const { verifiableCredential: _presented, ...rest } = presentation;
  return rest;
}

/** What only a credential, or something in one, says that it is. */
const typesOfCredentials: readonly unknown[] = [
  'VerifiableCredential',
  'AchievementCredential',
  'OpenBadgeCredential',
  'EndorsementCredential',
  'ClrCredential',
  'Achievement',
  'AchievementSubject',
  'EndorsementSubject',
  'ClrSubject',
];
const typeOfRecords = /^(.*[#/])?ClrCredential$/;

/**
 * What a document, or a token's payload with its claim `vp`, is by the types that it says: by names, and of a record by
 * its address too.
 */
export function kindOf(document: JsonObject): DocumentKind {
  const types = listOf(document['type']);
  if (types.includes('VerifiablePresentation') || isJsonObject(document['vp'])) return 'presentation';
  return types.some((type) => typeof type === 'string' && typeOfRecords.test(type)) ? 'record' : 'credential';
}

/**
 * Whether what is handed in as a presentation is said to be a credential too. A presentation is signed by its holder or
 * by nobody: it would show what an issuer says in no issuer's name.
 */
export function isCredentialToo(document: JsonObject): boolean {
  return listOf(document['type']).some(
    (type) =>
      typesOfCredentials.includes(type) || (typeof type === 'string' && /[#/]ClrCredential$/.test(type)),
  );
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
