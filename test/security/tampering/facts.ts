import { canonicalJson } from '../../../src/securing/index.js';
import type { VerificationReport } from '../../../src/verification/index.js';
import { isTree } from './tree.js';

/**
 * Everything that a report shows of a credential and its issuer answers for, in one text: the document that is shown
 * (without proofs and contexts, which are no facts; the order of sets aside, which is not signed), issuer, achievement and holder,
 * and the same of every credential inside. Two reports with the same text tell a reader the same.
 */
export function shownFacts(report: VerificationReport): string {
  return canonicalJson(factsOf(report));
}

/**
 * The same with numbers and truth values as texts: what an RDF signature covers of them. A credential that is not
 * `valid` may show `"7.5E0"` for 7.5; one that is may not.
 */
export function shownValues(report: VerificationReport): string {
  return canonicalJson(asTexts(JSON.parse(shownFacts(report))));
}

function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(asTexts);
    return items.map((item) => canonicalJson(item)).sort();
  }
  if (isTree(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]));
  if (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return String(Number(value));
  return typeof value === 'string' ? value : String(value);
}

function factsOf({ credential, issuer, achievement, holder, nested }: VerificationReport): unknown {
  return {
    credential: withoutOrder(credential),
    issuer,
    achievement,
    holder,
    nested: nested.map((inner) => canonicalJson({ verdict: inner.verdict, facts: factsOf(inner) })).sort(),
  };
}

/** The terms whose values are lists: their order is signed. */
const lists = ['allowedValue'];

function withoutOrder(value: unknown, term = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutOrder(item));
    return lists.includes(term)
      ? items
      : items
          .map((item) => [canonicalJson(item), item] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, item]) => item);
  }
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'proof' && name !== '@context')
      .map(([name, member]) => [name, withoutOrder(member, name)]),
  );
}
