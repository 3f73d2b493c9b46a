import { createHash } from 'node:crypto';
import type { Audited } from '../../audit/index.js';
import {
  found,
  type CodeOfConductId,
  type CollectionSpec,
  type DistrictId,
  type Instant,
  type MemberId,
  type Stored,
} from '../../kernel/index.js';
import type { CalibrationPorts } from '../store.js';
import { defaultCodeText } from './default-code.js';

/** One version of the code of conduct that reviewers sign, in force from a moment until the next. */
export interface CodeOfConduct {
  /** 0 for the text that every district starts with; then 1, 2 … */
  readonly number: number;
  /** Markdown. */
  readonly text: string;
  /** Hex SHA-256 of the text in UTF-8: what a signature names. */
  readonly digest: string;
  readonly from: Instant | null;
  /** Who set it; null for the first. */
  readonly by: MemberId | null;
}

/** A version as kept. Never changed, never removed: people have signed it. */
export interface StoredCode extends CodeOfConduct, Stored, Audited {
  readonly id: CodeOfConductId;
  readonly district: DistrictId;
  readonly from: Instant;
  readonly by: MemberId;
}

export const codesSpec: CollectionSpec<StoredCode> = {
  name: 'codes_of_conduct',
  scope: 'district',
  unique: [{ name: 'number', fields: ['number'] }],
  indexes: [{ name: 'all', equality: [], order: 'number' }],
  sweeps: ['auditDue'],
};

/** Hex SHA-256 of a text in UTF-8. */
export function codeDigest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export const defaultCode: CodeOfConduct = {
  number: 0,
  text: defaultCodeText,
  digest: codeDigest(defaultCodeText),
  from: null,
  by: null,
};

/** Every version of the district's code of conduct, the newest first, the first text last. */
export async function codesOf(
  ports: Pick<CalibrationPorts, 'store'>,
  district: string,
): Promise<readonly CodeOfConduct[]> {
  return [...(await ports.store.codesOfConduct(district)), defaultCode];
}

/** The version in force at a moment, now when left out. */
export async function codeInForce(
  ports: Pick<CalibrationPorts, 'store' | 'clock'>,
  district: string,
  at: Instant = ports.clock.now(),
): Promise<CodeOfConduct> {
  const codes = await codesOf(ports, district);
  return found(
    codes.find(({ from }) => from === null || from <= at),
    'code of conduct',
  );
}
