import jsonld from 'jsonld';
import { documentLoader } from '../../../src/securing/document-loader.js';
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

function factsOf({
  kind,
  credential,
  issuer,
  achievement,
  holder,
  nested,
  checks,
}: VerificationReport): unknown {
  return {
    kind,
    // Says how what is inside stands there: whether it is asserted or only included.
    inside: checks.find(({ check }) => check === 'nested')?.detail,
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

/**
 * The same where a credential was read from its root, which tells a thing in full wherever it is named: the graph of
 * what is shown, and in what members the credential, its subject, achievement and results are told. Undefined for
 * what is no graph by itself.
 */
export async function shownGraph(report: VerificationReport): Promise<string | undefined> {
  const document = report.credential;
  if (document === null) return undefined;
  const { proof: _proof, ...rest } = document;
  const subject = rest['credentialSubject'];
  const achievement = isTree(subject) ? subject['achievement'] : undefined;
  const results = isTree(subject) ? [subject['result'] ?? []].flat() : [];
  const decisive = [
    'validFrom',
    'validUntil',
    'expirationDate',
    'issuanceDate',
    'awardedDate',
    'credentialStatus',
  ];
  try {
    const graph = await jsonld.canonize(
      structuredClone(rest) as never,
      { algorithm: 'RDFC-1.0', documentLoader, safe: true, base: null } as never,
    );
    const { kind, inside, nested } = factsOf(report) as Readonly<
      Record<'kind' | 'inside' | 'nested', unknown>
    >;
    return canonicalJson({
      graph,
      decisive: withoutOrder(decisive.map((name) => rest[name] ?? null)),
      members: [rest, subject, achievement, ...results].map((node) =>
        isTree(node) ? Object.keys(node).sort() : null,
      ),
      issuer: report.issuer,
      achievement: report.achievement,
      holder: report.holder,
      kind,
      inside,
      nested,
    });
  } catch {
    return undefined;
  }
}
