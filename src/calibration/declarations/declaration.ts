import type { Audited } from '../../audit/index.js';
import type {
  CollectionSpec,
  DeclarationId,
  DistrictId,
  Instant,
  MemberId,
  Stored,
} from '../../kernel/index.js';

/** What a reviewer declares before a certification is of use, one signature for each. */
export const declarationKinds = ['code-of-conduct', 'conflicts'] as const;
export type DeclarationKind = (typeof declarationKinds)[number];

export const conflictKinds = ['family', 'co-author', 'mentor', 'financial', 'other'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/**
 * A tie to a person, by e-mail address, or to all of a school, by name. An address and not a member's id: whether
 * somebody is a member is not told to who declares, and who becomes one later is meant too.
 */
export interface DeclaredConflict {
  readonly with: 'person' | 'school';
  /** The person's e-mail address in lower case, or the school's name. */
  readonly name: string;
  readonly kind: ConflictKind;
  /** Days, `2026-11-20`; null where nobody knows when it began, or where it goes on. */
  readonly from: string | null;
  readonly until: string | null;
}

interface Signed extends Stored, Audited {
  readonly id: DeclarationId;
  readonly district: DistrictId;
  readonly member: MemberId;
  /** 1, 2 … of this member: the order in which they were made. */
  readonly n: number;
  readonly at: Instant;
}

/** That a reviewer has read this text of the code of conduct and promises to keep to it. */
export interface CodeSignature extends Signed {
  readonly about: 'code-of-conduct';
  readonly code: { readonly number: number; readonly digest: string };
  readonly conflicts: null;
  readonly salt: null;
  readonly until: null;
  readonly effectDue: null;
}

/** All conflicts of interest that a reviewer knows of at this moment; none when the list is empty. */
export interface ConflictDeclaration extends Signed {
  readonly about: 'conflicts';
  readonly code: null;
  /** Null once nothing in it counts any more: what it said of others is erased then. */
  readonly conflicts: readonly DeclaredConflict[] | null;
  /** What the record pins `conflicts` with; null once they are erased. */
  readonly salt: string | null;
  readonly until: Instant;
  /** When a message about its end, or its erasure, is due. */
  readonly effectDue: Instant | null;
}

/** A declaration as kept. Never changed but for the erasure, never removed. */
export type Declaration = CodeSignature | ConflictDeclaration;

export const declarationsSpec: CollectionSpec<Declaration> = {
  name: 'declarations',
  scope: 'district',
  unique: [{ name: 'n', fields: ['member', 'n'] }],
  indexes: [
    { name: 'own', equality: ['member'], order: 'n' },
    { name: 'all', equality: [], order: 'id' },
  ],
  sweeps: ['auditDue', 'effectDue'],
};
