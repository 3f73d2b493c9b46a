import type { JsonObject } from '../../../src/securing/index.js';
import type { Verdict, VerificationPorts } from '../../../src/verification/index.js';
import { aPdf, aPng, anSvg, iTXt, svgElement } from '../../support/carriers.js';

/** How a credential travels. `pdf`, `png`, `svg` carry JSON or a token. */
export type Form = 'json' | 'jwt' | 'png' | 'svg' | 'pdf';

/** A credential as its issuer gave it out. */
export interface Issued {
  readonly name: string;
  readonly form: Form;
  /** Its JSON, or its token. */
  readonly text: string;
  /** The file as issued. */
  readonly bytes: Uint8Array;
  /** The verdict that is right for it. */
  readonly verdict: Verdict;
}

/** Credentials, and the one world in which all of them can be judged. */
export interface Corpus {
  readonly issued: readonly Issued[];
  readonly ports: VerificationPorts;
  readonly now: string;
  close(): Promise<void>;
}

/** Puts a text into the form of a file, as another program would. */
export function wrap(form: Form, text: string): Uint8Array {
  switch (form) {
    case 'json':
    case 'jwt':
      return Buffer.from(text);
    case 'png':
      return aPng(iTXt(text));
    case 'svg':
      return Buffer.from(anSvg(svgElement(text)));
    case 'pdf':
      return aPdf([{ text, dictionary: '/Subtype /application#2Fjson' }]);
  }
}

export function issued(
  name: string,
  form: Form,
  credential: JsonObject | string,
  verdict: Verdict = 'valid',
  bytes?: Uint8Array,
): Issued {
  const text = typeof credential === 'string' ? credential : JSON.stringify(credential);
  return { name, form, text, verdict, bytes: bytes ?? wrap(form, text) };
}

export function isToken(text: string): boolean {
  return !text.startsWith('{');
}
