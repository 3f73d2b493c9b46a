/** What a judge's own words come to. */
export type Word = 'accepted' | 'revoked' | 'expired' | 'refused';

export interface DigitalbazaarAnswer {
  readonly verified: boolean;
  /** For each status entry that was read, whether its bit is set. */
  readonly status: readonly boolean[];
  readonly errors: readonly string[];
}

/** `verified` speaks of signature, period and of whether the status could be read; what the status is, is in its results. */
export function readDigitalbazaar(answer: DigitalbazaarAnswer): Word {
  if (!answer.verified) {
    return answer.errors.some((message) => message.includes('is after "validUntil"')) ? 'expired' : 'refused';
  }
  return answer.status.includes(true) ? 'revoked' : 'accepted';
}

export interface VerifierCoreAnswer {
  readonly steps: {
    readonly [id: string]: {
      readonly valid?: boolean;
      readonly error?: { readonly name: string };
      readonly uncheckedRegistries?: readonly unknown[];
    };
  };
  readonly schemas:
    readonly { readonly schema: string; readonly result: { readonly valid: boolean } }[] | null;
  readonly errors: readonly { readonly name: string; readonly message: string }[];
}

/** Accepted only when every step that it takes is there and good; whether a registry lists the issuer is another question. */
export function readVerifierCore({ errors, steps }: VerifierCoreAnswer): Word {
  const revocation = steps['revocation_status'];
  if (errors.length > 0 || steps['valid_signature']?.valid !== true || revocation?.error !== undefined) {
    return 'refused';
  }
  if (steps['expiration']?.valid !== true) return 'expired';
  return revocation === undefined || revocation.valid === true ? 'accepted' : 'revoked';
}

export interface JoseVerdict {
  readonly verified: boolean;
  readonly code?: string;
  readonly alg?: string;
  readonly payload?: { readonly [claim: string]: unknown };
}
export interface JoseAnswer {
  readonly byJwks: JoseVerdict;
  readonly byDidDocument: JoseVerdict;
}

/** One word where both ways to the key say the same; else both. */
export function readJose({ byDidDocument, byJwks }: JoseAnswer): string {
  const word = ({ code, verified }: JoseVerdict): Word =>
    verified ? 'accepted' : code === 'ERR_JWT_EXPIRED' ? 'expired' : 'refused';
  const words = [word(byJwks), word(byDidDocument)];
  return words[0] === words[1] ? words[0]! : words.join(' / ');
}

/** What a judge of `test/support/strangers` answers: whether it accepts, and its reasons. */
export interface PlainAnswer {
  readonly verified: boolean;
  readonly reason: string;
  /** Where the judge says what it checked and found right. */
  readonly checked?: readonly string[];
}

export function readPlain({ reason, verified }: PlainAnswer): Word {
  return verified ? 'accepted' : reason === 'jwt expired' ? 'expired' : 'refused';
}
