import type { Client } from './client.js';

/** The names of the demo's people: the members of `apiKeys` and `signIn`. */
export const people = [
  'admin',
  'lead',
  'adjudicator',
  'reviewer1',
  'reviewer2',
  'expert3',
  'coach',
  'teacher',
  'teacher2',
] as const;
export type Person = (typeof people)[number];

/**
 * What only the members themselves have, since it comes by mail to their own addresses: an API key that each made, and a
 * link to sign in. Of the process that runs the service.
 */
export interface InPerson {
  key(district: string, member: string): Promise<string>;
  link(district: string, member: string): Promise<string>;
}

/** What the walk has made so far, and how it says what it does. */
export interface Scene {
  readonly client: Client;
  readonly operatorToken: string;
  readonly inPerson: InPerson;
  /** One line of progress. */
  readonly say: (line: string) => void;
  /** Moves the service's clock forward. */
  readonly advance: (seconds: number) => Promise<void>;
  /** Waits until `ready` gives a value. @throws DemoError saying what did not happen. */
  readonly until: <T>(what: string, ready: () => Promise<T | undefined>) => Promise<T>;
  /** A file of the demo's samples. */
  readonly sample: (name: string) => {
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  };
}

/** A person of the district with an API key. */
export interface Player {
  readonly id: string;
  readonly key: string;
  readonly email: string;
}

export type Cast = { readonly [person in Person]: Player };

export const day = 86_400;
