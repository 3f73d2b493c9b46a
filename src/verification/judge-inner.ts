import { isJsonObject, type JsonObject } from '../securing/index.js';
import { couldNotCheck, failed, notApplicable, passed, type Finding, type Verdict } from './finding.js';
import { idOf, listOf, type Embedded, type Reading } from './reading.js';
import { english, say, type Catalogue } from './messages.js';
import type { VerificationReport } from './report.js';
import { pinnedIn, type Resources } from './resources.js';
import type { Opened, VerificationOptions, Work } from './verification.js';

/** A presentation of a milestone with endorsed components goes this deep; what lies deeper is not followed. */
const nestingLimit = 4;

export interface Inner {
  readonly finding: Finding;
  readonly reports: readonly VerificationReport[];
}

/**
 * Judges the credentials inside a document, each by the whole pipeline, and says what they mean for it:
 * a presentation or record is as good as the worst credential that it asserts; a milestone stands only as long as
 * the components that it pins; what is merely included decides nothing, and is shown with its own verdict.
 */
export async function judgeInner(
  level: number,
  reading: Reading,
  resources: Resources | undefined,
  work: Work,
  options: VerificationOptions,
): Promise<Inner> {
  const document = reading.credential?.document ?? {};
  const components =
    options.checks === 'proof' ? [] : pinnedIn(document).filter(({ isComponent }) => isComponent);
  const isPresentation = reading.kind === 'presentation';
  if (reading.embedded.length === 0 && components.length === 0) {
    if (!isPresentation) return { finding: notApplicable('nested.none'), reports: [] };
    // Nobody's signature over nothing shows nothing.
    const isSigned = reading.credential !== undefined && reading.credential.secured.kind !== 'none';
    const finding = isSigned
      ? notApplicable('nested.nothing-presented')
      : couldNotCheck('nested.nothing-presented');
    return { finding, reports: [] };
  }
  if (level >= nestingLimit) return { finding: couldNotCheck('nested.too-deep'), reports: [] };

  const { recipient, keys: _outerKeys, ...others } = options;
  const catalogue = options.catalogue ?? english;
  const reports: VerificationReport[] = [];
  const asserted: VerificationReport[] = [];
  let overBudget = false;
  const open = async (bytes: Uint8Array, role?: Embedded['role']): Promise<Opened | undefined> => {
    if (work.left.nested === 0) {
      overBudget = true;
      return undefined;
    }
    work.left.nested -= 1;
    // Whom an asserted credential is about is what the verifier asks; an endorsement is about somebody else.
    const compared = role === 'asserted' && recipient !== undefined ? { recipient } : {};
    const judge = await work.open(level + 1, work, bytes, { ...others, ...compared });
    return async () => {
      const report = await judge();
      reports.push(report);
      if (role === 'asserted') asserted.push(report);
      return report;
    };
  };

  // All are opened before the first is judged: what they point at is looked up at the same time.
  const opened: (Opened | undefined)[] = [];
  for (const { text, role } of reading.embedded) opened.push(await open(Buffer.from(text), role));
  const openedComponents: (Opened | undefined)[] = [];
  for (const { url } of components) {
    const fetched = resources?.pinned.get(url);
    openedComponents.push(fetched?.ok === true ? await open(fetched.bytes) : undefined);
  }
  for (const one of opened) await one?.();
  let deciding: Finding | undefined;
  for (const [n, component] of components.entries()) {
    const fetched = resources?.pinned.get(component.url);
    if (fetched === undefined || !fetched.ok) {
      deciding ??= couldNotCheck('nested.component-missing', { reason: fetched?.reason ?? component.url });
      continue;
    }
    const report = await openedComponents[n]?.();
    if (report === undefined) break;
    const facts = { id: component.url, verdict: say(catalogue, `verdict.${report.verdict}`, {}) };
    if (report.verdict === 'revoked' || report.verdict === 'suspended')
      deciding = failed('nested.component-revoked', facts, 'suspended');
    if (report.verdict === 'not-genuine' || report.verdict === 'could-not-check')
      deciding ??= couldNotCheck('nested.component-not-checked', facts);
  }
  if (overBudget) deciding ??= couldNotCheck('nested.too-many', { limit: reports.length });
  const ids = idsIn(document);
  const said = reports.map((report) => withPlace(report, ids));
  const elsewhere = said.filter(({ endorsement }) => endorsement?.isAboutThis === false).length;
  const facts = { count: reports.length, verdicts: tally(reports, catalogue), elsewhere };
  const allValid = reports.every(({ verdict }) => verdict === 'valid');
  const judged = !allValid
    ? failed('nested.judged-not-all', facts)
    : passed(elsewhere === 0 ? 'nested.judged' : 'nested.judged-elsewhere', facts);
  return {
    finding: deciding ?? (asserted.length === 0 ? judged : onAsserted(asserted, catalogue)),
    reports: said,
  };
}

/** What an endorsement inside a credential can be about: the credential itself, its achievement and its issuer. */
function idsIn(document: JsonObject): ReadonlySet<string> {
  const subjects = listOf(document['credentialSubject']).filter(isJsonObject);
  const things = [document, document['issuer'], ...subjects.map((subject) => subject['achievement'])];
  return new Set(things.map(idOf).filter((id) => id !== undefined));
}

/** An endorsement's report, with whether it is about what it stands in. */
function withPlace(report: VerificationReport, ids: ReadonlySet<string>): VerificationReport {
  const { endorsement } = report;
  if (endorsement === undefined) return report;
  const isAboutThis = endorsement.about !== null && ids.has(endorsement.about);
  return { ...report, endorsement: { ...endorsement, isAboutThis } };
}

/** From the worst: what holds credentials is what the worst of them is. */
const worstFirst: readonly Verdict[] = [
  'not-genuine',
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  'could-not-check',
  'valid',
];

function onAsserted(reports: readonly VerificationReport[], catalogue: Catalogue): Finding {
  const facts = { count: reports.length, verdicts: tally(reports, catalogue) };
  const worst = worstFirst.find((verdict) => reports.some((report) => report.verdict === verdict)) ?? 'valid';
  switch (worst) {
    case 'valid':
      return passed('nested.asserted', facts);
    case 'could-not-check':
      return couldNotCheck('nested.asserted-not-all', facts);
    default:
      return failed('nested.asserted-not-all', facts, worst);
  }
}

/** How many have which verdict, the worst first. */
function tally(reports: readonly VerificationReport[], catalogue: Catalogue): string {
  return worstFirst
    .map((verdict) => [reports.filter((report) => report.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${say(catalogue, `verdict.${verdict}`, {})}`)
    .join(', ');
}
