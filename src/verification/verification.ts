import type { Instant, Stopwatch } from '../kernel/index.js';
import type { JsonObject } from '../securing/index.js';
import type { Presenting } from './grounds.js';
import type { Judge } from './judge.js';
import type { Catalogue } from './messages.js';
import type { KnownIssuers } from './recognition.js';
import type { VerificationReport } from './report.js';
import type { Resolver } from './resolver.js';
import type { AskedChecks } from './resources.js';

export interface VerificationPorts {
  readonly resolver: Resolver;
  readonly knownIssuers: KnownIssuers;
  /** Where documents are parsed and judged; in this thread unless told. */
  readonly judge?: Judge;
  /** Told of faults of ours that a document brought out. */
  readonly log?: (event: object) => void;
  /** What the time of a request is taken with; the machine's unless told. */
  readonly stopwatch?: Stopwatch;
}

/** A file or text as it came, or a JSON value out of a request (an object, or a string that holds JSON or a token). */
export type VerificationInput =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'document'; readonly value: unknown };

export interface VerificationOptions {
  readonly now: Instant;
  /** Who handed it in, by any name that tells senders apart: one takes no turns from the others. Not looked at. */
  readonly sender?: string;
  /** An e-mail address to compare the holder with. */
  readonly recipient?: string;
  readonly catalogue?: Catalogue;
  /**
   * What decides: everything (default), or with `proof` only the signature and the form of the data model. Then the
   * key need not be the issuer's, and schemas, dates, status and the rest are not looked at.
   */
  readonly checks?: AskedChecks;
  /**
   * Which pinned contexts are read: without those that have a meaning for every word, by which a misspelt term says
   * nothing and is signed all the same (default), or all of them, for interoperability tests. `checks: 'proof'` reads all.
   */
  readonly contexts?: 'badges' | 'all-pinned';
  /** Public JWKs that the caller trusts: the signature must be by one of them, and no key is looked up. */
  readonly keys?: readonly JsonObject[];
}

/** One verification: what it asks and spends, however deep it goes. */
export interface Work {
  readonly resolver: Resolver;
  readonly knownIssuers: KnownIssuers;
  readonly judge: Judge;
  readonly presenting: Presenting;
  /** What may still be judged within the document that was handed in, at all levels together. */
  readonly left: { nested: number };
  readonly log: (event: object) => void;
  /**
   * The whole pipeline, for a document at a level of nesting: reads it and asks for what it points at, without
   * waiting for the answers, so that several can be opened first and then judged one after the other.
   */
  readonly open: (
    level: number,
    work: Work,
    bytes: Uint8Array,
    options: VerificationOptions,
  ) => Promise<Opened>;
}

/** A document that was read; judges it, once. */
export type Opened = () => Promise<VerificationReport>;
