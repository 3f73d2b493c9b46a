import { isJsonObject, type JsonObject } from '../securing/index.js';
import { unreachable, type Instant } from '../kernel/index.js';
import { emailIdentities } from './checks/recipient.js';
import type { Decision } from './decide-verdict.js';
import { checkNames, type CheckName, type Finding } from './finding.js';
import { issuerDomain, issuerPlace } from './issuer-domain.js';
import { say, type Catalogue, type Facts, type MessageId } from './messages.js';
import { plainText } from './plain-text.js';
import { idOf, listOf } from './reading.js';
import type { Recognised } from './recognition.js';
import type {
  ReportedAchievement,
  ReportedEndorsement,
  ReportedHolder,
  ReportedIssuer,
  ReportedKind,
  VerificationReport,
} from './report.js';
import type { AskedChecks } from './resources.js';

/** Everything found about one credential, in no language yet. */
export interface Judged {
  readonly kind: ReportedKind;
  readonly checks: AskedChecks;
  readonly findings: Readonly<Record<CheckName, Finding>>;
  readonly decision: Decision;
  readonly document: JsonObject | undefined;
  readonly recognised: Recognised;
  readonly nested: readonly VerificationReport[];
  readonly checkedAt: Instant;
}

/** Puts what was found into the words of a catalogue. The sentence says all that we say before the issuer's display name. */
export function presentReport(judged: Judged, catalogue: Catalogue): VerificationReport {
  const { findings, decision, document, recognised } = judged;
  // A presentation is nobody's claim about anybody: what it shows is in the reports on what is presented.
  const claims = judged.kind === 'presentation' ? undefined : document;
  const issuer = claims === undefined ? null : issuerOf(claims);
  const reasons = [...new Set(decision.against.map(({ message, facts }) => say(catalogue, message, facts)))];
  const replacedBy = findings.status.replacedBy;
  return {
    kind: judged.kind,
    verdict: decision.verdict,
    sentence: sentence(judged, issuer, reasons[0] ?? '', catalogue),
    reasons,
    checkedAt: judged.checkedAt,
    checks: checkNames.map((check) => {
      const { outcome, message, facts, also = [] } = findings[check];
      const sentences = [{ message, facts }, ...also].map((one) => say(catalogue, one.message, one.facts));
      return { check, outcome, detail: sentences.join(' ') };
    }),
    recognition: recognised.recognition,
    credential: document ?? null,
    issuer,
    achievement: claims === undefined ? null : achievementOf(claims),
    holder: claims === undefined ? null : holderOf(claims),
    ...(judged.kind === 'endorsement' && document !== undefined
      ? { endorsement: endorsementOf(document) }
      : {}),
    nested: judged.nested,
    ...(replacedBy === undefined ? {} : { replacedBy }),
    ...factsApart(findings),
  };
}

/** Which key signed and how old the status is: what a reader may want to compare without reading sentences. */
function factsApart({
  proof,
  status,
}: Judged['findings']): Pick<VerificationReport, 'key' | 'statusListedAt' | 'statusCheckedAt'> {
  const fact = (from: Facts, name: string): string | undefined =>
    from[name] === undefined ? undefined : String(from[name]);
  const key = proof.outcome === 'passed' ? fact(proof.facts, 'key') : undefined;
  const listed = fact(status.facts, 'listed');
  const checked = fact(status.facts, 'checked');
  return {
    ...(key === undefined ? {} : { key }),
    ...(listed === undefined ? {} : { statusListedAt: listed }),
    ...(checked === undefined ? {} : { statusCheckedAt: checked }),
  };
}

function sentence(
  judged: Judged,
  issuer: ReportedIssuer | null,
  reason: string,
  catalogue: Catalogue,
): string {
  const { findings, decision, recognised } = judged;
  const facts: Facts = {
    // Which of those on a host it is, our list says of an issuer that is on it.
    issuer: (recognised.recognition === 'recognised' ? issuer?.domain : issuer?.place) ?? '',
    holder: issuerPlace(idOf(judged.document?.['holder']) ?? ''),
    count: judged.nested.length,
    ...(recognised.recognition === 'look-alike'
      ? { other: issuerDomain(recognised.issuer.id), otherName: recognised.issuer.name }
      : {}),
    replacedBy: findings.status.replacedBy ?? '',
  };
  const text = say(catalogue, sentenceId(judged, issuer !== null), facts, { reason });
  const isOthers = decision.verdict !== 'not-genuine' && findings.recipient.outcome === 'failed';
  const subjects = judged.document === undefined ? 0 : listOf(judged.document['credentialSubject']).length;
  const name = issuer?.name ?? '';
  // The name last: what an issuer writes of itself stands before no word of ours.
  return [
    text,
    ...(isOthers ? [say(catalogue, 'sentence.recipient', {})] : []),
    ...(subjects > 1 ? [say(catalogue, 'sentence.several', { count: subjects })] : []),
    ...(plainText(name, 1) === '' ? [] : [say(catalogue, 'sentence.name', { issuerName: name })]),
  ].join(' ');
}

function sentenceId(judged: Judged, hasIssuer: boolean): MessageId {
  const { decision, findings, recognised } = judged;
  const { verdict } = decision;
  if (judged.kind === 'presentation') return presentationSentenceId(judged);
  if (judged.kind === 'record') {
    const isByContent = decision.against[0] === findings.nested && findings.proof.outcome === 'passed';
    if (isByContent && verdict !== 'could-not-check') return 'sentence.record.not-all';
    if (verdict === 'valid' && recognised.recognition === 'recognised' && judged.checks === 'all')
      return 'sentence.record.valid';
  }
  switch (verdict) {
    case 'valid':
      if (judged.checks === 'proof') return 'sentence.valid.proof';
      return `sentence.valid.${recognised.recognition}`;
    case 'revoked':
      return findings.status.replacedBy === undefined ? 'sentence.revoked' : 'sentence.replaced';
    case 'not-genuine':
      return hasIssuer ? 'sentence.not-genuine.claims' : 'sentence.not-genuine';
    case 'could-not-check':
      if (!hasIssuer) return 'sentence.could-not-check';
      return findings.proof.outcome === 'passed'
        ? 'sentence.could-not-check.signed'
        : 'sentence.could-not-check.unsigned';
    default:
      return `sentence.${verdict}`;
  }
}

function presentationSentenceId({ decision, findings, nested, document }: Judged): MessageId {
  switch (decision.verdict) {
    case 'valid':
      if (nested.length === 0) return 'sentence.presentation.nothing';
      if (findings.proof.outcome !== 'passed') return 'sentence.presentation.unsigned';
      return document?.['holder'] === undefined
        ? 'sentence.presentation.valid'
        : 'sentence.presentation.valid.holder';
    case 'not-genuine':
      return findings.proof.outcome === 'failed' ? 'sentence.not-genuine' : 'sentence.presentation.not-all';
    case 'could-not-check':
      return 'sentence.could-not-check';
    case 'revoked':
    case 'suspended':
    case 'expired':
    case 'not-yet-valid':
      return 'sentence.presentation.not-all';
    default:
      return unreachable(decision.verdict);
  }
}

function issuerOf(document: JsonObject): ReportedIssuer | null {
  const issuer = document['issuer'];
  const id = idOf(issuer);
  if (id === undefined) return null;
  return {
    id,
    domain: issuerDomain(id),
    place: issuerPlace(id),
    name: textOf(issuer, 'name'),
    url: textOf(issuer, 'url'),
  };
}

/** The subject, where there is one: the order of several is not signed, so none of them is the first. */
function oneSubject(document: JsonObject): JsonObject | undefined {
  const [subject, ...others] = listOf(document['credentialSubject']);
  return others.length === 0 && isJsonObject(subject) ? subject : undefined;
}

function achievementOf(document: JsonObject): ReportedAchievement | null {
  const subject = oneSubject(document);
  const achievement = subject?.['achievement'];
  if (!isJsonObject(achievement)) return null;
  return {
    id: idOf(achievement) ?? null,
    name: textOf(achievement, 'name'),
    description: textOf(achievement, 'description'),
    achievementType: textOf(achievement, 'achievementType'),
  };
}

function holderOf(document: JsonObject): ReportedHolder | null {
  const subject = oneSubject(document);
  if (subject === undefined) return null;
  return {
    id: idOf(subject) ?? null,
    name: textOf(subject, 'name'),
    hashedEmail: emailIdentities(document).length > 0,
  };
}

function endorsementOf(document: JsonObject): ReportedEndorsement {
  const subject = oneSubject(document);
  return { about: idOf(subject) ?? null, comment: textOf(subject, 'endorsementComment'), isAboutThis: null };
}

function textOf(value: unknown, name: string): string | null {
  const text = isJsonObject(value) ? value[name] : undefined;
  return typeof text === 'string' ? text : null;
}
