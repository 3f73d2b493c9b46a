/** A file that is meant to mislead. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What a verifier may see in it: the genuine credential that it holds, or nothing that it accepts. */
  readonly may: 'genuine' | 'nothing';
}

/** Texts to put into files: a genuine credential, another genuine one as JSON and as a token, and an altered one. */
export interface Texts {
  readonly genuine: string;
  readonly other: string;
  readonly token: string;
  readonly forged: string;
}
