import type { Instant } from '../../kernel/index.js';
import { isJsonObject, parseStrictJson, readCompactJwt, type JsonObject } from '../../securing/index.js';
import { contentRules } from './content-rules.js';
import { formRules } from './form-rules.js';
import { ownRules } from './own-rules.js';
import { proofRules } from './proof-rules.js';
import { both, hasType, type Linted, type LintedKind, type LintFinding, type LintRule } from './rule.js';
import { standingRules } from './standing-rules.js';

/** Claims that the JWT form adds to the credential. */
const addedClaims = ['iss', 'jti', 'sub', 'nbf', 'exp', 'iat'];

const parseRule: LintRule = {
  id: 'parse',
  step: 1,
  severity: 'fatal',
  condition:
    'The text is one JSON object, no member in it twice, or a compact JWS of three parts around one.',
  kinds: both,
  check: () => [],
};

const endorsementRule: LintRule = {
  id: 'endorsement',
  step: 15,
  severity: 'error',
  condition:
    'Every embedded endorsement holds all rules of an EndorsementCredential by itself: contexts, type, schema, proof, status, dates.',
  kinds: ['badge'],
  check: async ({ document, resolver, now }) => {
    const faults = await Promise.all(
      embeddedIn(document).map(async ({ endorsement, pointer }) => {
        const text = JSON.stringify(endorsement);
        const findings = await lintCredential({ text, resolver, now, as: 'endorsement' });
        return findings
          .filter(({ severity }) => severity !== 'note' && severity !== 'warning')
          .map((finding) => ({
            pointer: `${pointer}${finding.pointer}`,
            detail: `${finding.detail} (${finding.rule})`,
          }));
      }),
    );
    return faults.flat();
  },
};

/** Every rule, in the order in which they are asked: the steps of the 1EdTech public validator, then our own. */
export const lintRules: readonly LintRule[] = [
  parseRule,
  ...formRules,
  ...contentRules,
  ...proofRules,
  ...standingRules,
  endorsementRule,
  ...ownRules,
];

/**
 * Holds a secured credential to every rule that speaks of it: those by which the 1EdTech public validator judges, said
 * again as rules of ours, and our own. Nothing is fetched but through `resolver`.
 */
export async function lintCredential(input: {
  /** Exactly as it would be served: JSON with its proof, or a compact JWS. */
  readonly text: string;
  readonly resolver: Linted['resolver'];
  readonly now: Instant;
  /** Rules that are known to hold, and are not asked again. */
  readonly known?: readonly string[];
  /** What it is to be; by its type when left out. */
  readonly as?: LintedKind;
}): Promise<readonly LintFinding[]> {
  const read = readText(input.text);
  if (typeof read === 'string')
    return [{ rule: parseRule.id, severity: parseRule.severity, pointer: '', detail: read }];
  const linted: Linted = { ...input, ...read };
  const kind = input.as ?? (hasType(linted.document, 'EndorsementCredential') ? 'endorsement' : 'badge');
  const form = linted.token === undefined ? 'proof' : 'jwt';
  const findings: LintFinding[] = [];
  // Rules that found something, or were not asked.
  const unanswered = new Set<string>();
  for (const rule of lintRules) {
    if (!rule.kinds.includes(kind) || (rule.form ?? form) !== form) continue;
    if (input.known?.includes(rule.id) === true) continue;
    const { id, severity } = rule;
    if (rule.after?.some((before) => unanswered.has(before)) === true) {
      unanswered.add(id);
      continue;
    }
    for (const fault of await rule.check(linted)) {
      findings.push({ rule: id, severity, ...fault });
      unanswered.add(id);
    }
  }
  return findings;
}

function readText(text: string): Pick<Linted, 'document' | 'token'> | string {
  if (text.startsWith('{')) {
    try {
      const document = parseStrictJson(text);
      return isJsonObject(document) ? { document, token: undefined } : 'is no JSON object';
    } catch (error) {
      return `is no JSON: ${(error as Error).message}`;
    }
  }
  const token = readCompactJwt(text);
  if (!token.ok) return token.reason;
  const { header, payload } = token;
  const document = Object.fromEntries(
    Object.entries(payload).filter(([name]) => !addedClaims.includes(name)),
  );
  return { document, token: { header, payload } };
}

/** Every `$..endorsement`, in whatever depth. */
function embeddedIn(document: JsonObject) {
  const found: { readonly endorsement: unknown; readonly pointer: string }[] = [];
  const visit = (value: unknown, pointer: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${pointer}/${index}`));
    else if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        const at = `${pointer}/${name}`;
        if (name !== 'endorsement') visit(member, at);
        else if (Array.isArray(member))
          member.forEach((endorsement, index) => found.push({ endorsement, pointer: `${at}/${index}` }));
        else found.push({ endorsement: member, pointer: at });
      }
    }
  };
  visit(document, '');
  return found;
}
