import fc from 'fast-check';
import { verifyCredential, type VerificationReport } from '../../../src/verification/index.js';
import { english } from '../../../src/verification/messages.js';
import { aCorpus, isToken, wrap, type Corpus, type Issued } from '../corpus/index.js';
import { shownFacts, shownGraph, shownValues } from './facts.js';
import { fileMutations } from './files.js';
import { deliberate } from './known.js';
import { alterLeaf, leafMutations } from './leaves.js';
import { secured } from './secured.js';
import { structural } from './structures.js';
import { textMutations } from './texts.js';
import { payloadOf, tokenMutations, withPayload } from './tokens.js';
import { picking, type Pick, type Tree } from './tree.js';

/** One altered credential. */
export interface Mutant {
  readonly of: Issued;
  readonly kind: 'leaf' | 'structure';
  readonly mutation: string;
  readonly bytes: Uint8Array;
}

/** What one mutation is drawn from: plain numbers and a text, so that a seed gives it again. */
interface Plan {
  readonly choices: readonly number[];
  readonly text: string;
}

const plans = fc.record<Plan>({
  choices: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
});

/**
 * `count` different mutants of a kind: of structure, the known attacks first; then drawn by fast-check from `seed`. What a plan cannot be applied to, or what
 * leaves the bytes as they were, is drawn again and not counted.
 */
export function* mutants(
  corpus: Corpus,
  kind: Mutant['kind'],
  count: number,
  seed: number,
): Generator<Mutant> {
  let made = 0;
  if (kind === 'structure') {
    for (const mutant of knownMutants(corpus.issued)) {
      // Half of the run at most: the rest is for what nobody thought of.
      if (made >= count / 2) break;
      yield mutant;
      made += 1;
    }
  }
  for (let batch = 0; made < count; batch += 1) {
    for (const plan of fc.sample(plans, { seed: seed + batch * 7907, numRuns: 500 })) {
      const mutant = mutantOf(corpus.issued, kind, picking(plan.choices, plan.text));
      if (mutant === undefined || Buffer.compare(mutant.bytes, mutant.of.bytes) === 0) continue;
      yield mutant;
      made += 1;
      if (made === count) return;
    }
  }
}

/** What fooled a verifier once, each spelling on the document on which it bites first. */
function* knownMutants(all: readonly Issued[]): Generator<Mutant> {
  const [other] = all.filter(({ text, verdict }) => verdict === 'valid' && !isToken(text)).slice(-1);
  for (const { name, of, root } of deliberate(all, treeOf, other!))
    yield { of, kind: 'structure', mutation: `known: ${name}`, bytes: withText(of, JSON.stringify(root)) };
}

function mutantOf(all: readonly Issued[], kind: Mutant['kind'], pick: Pick): Mutant | undefined {
  const of = pick.one(all);
  const other = pick.one(all);
  const changed = kind === 'leaf' ? leafMutant(of, pick) : structuralMutant(of, other, all, pick);
  return changed === undefined ? undefined : { of, kind, ...changed };
}

type Changed = { readonly mutation: string; readonly bytes: Uint8Array } | undefined;

const treeOf = ({ text }: Issued): Tree => (isToken(text) ? payloadOf(text) : (JSON.parse(text) as Tree));
const withText = ({ form, text }: Issued, json: string): Uint8Array =>
  wrap(form, isToken(text) ? withPayload(text, json) : json);

function leafMutant(of: Issued, pick: Pick): Changed {
  const mutation = pick.one(Object.keys(leafMutations));
  const tree = treeOf(of);
  const before = JSON.stringify(tree);
  const path = alterLeaf(tree, mutation, pick);
  const after = JSON.stringify(tree);
  return path === undefined || after === before ? undefined : { mutation, bytes: withText(of, after) };
}

function structuralMutant(of: Issued, other: Issued, all: readonly Issued[], pick: Pick): Changed {
  const { form, text } = of;
  if ((form === 'png' || form === 'svg' || form === 'pdf') && pick(2) === 0) {
    const kinds = fileMutations[form];
    const mutation = pick.one(Object.keys(kinds));
    const forged = pick(2) === 0 ? text.replace('2031', '2090') : text.replace('Formative', 'Advanced');
    return {
      mutation: `${form}: ${mutation}`,
      bytes: kinds[mutation]!({ text, forged, other: other.text }, pick),
    };
  }
  if (isToken(text) && pick(2) === 0) {
    const mutation = pick.one(Object.keys(tokenMutations));
    const tokens = all.map((one) => one.text).filter(isToken);
    const changed = tokenMutations[mutation]!(text, pick, tokens);
    return changed === undefined ? undefined : { mutation: `token: ${mutation}`, bytes: wrap(form, changed) };
  }
  const names = [
    ...Object.keys(structural).map((name) => ['structure', name] as const),
    ...Object.keys(secured).map((name) => ['secured', name] as const),
    ...Object.keys(textMutations).map((name) => ['text', name] as const),
  ];
  const others = [treeOf(other), treeOf(pick.one(all))];
  let json = JSON.stringify(treeOf(of));
  const done: string[] = [];
  // One by itself, or two or three together: some do no harm but with another.
  for (let left = 1 + pick(3); left > 0; left -= 1) {
    const [table, name] = pick.one(names);
    const changed = changedText(table, name, json, pick, others);
    if (changed === undefined || changed === json) continue;
    json = changed;
    done.push(`${table}: ${name}`);
    // A text may be no JSON any more.
    if (table === 'text') break;
  }
  return done.length === 0 ? undefined : { mutation: done.join(together), bytes: withText(of, json) };
}

const together = ' + ';

function changedText(
  table: 'structure' | 'secured' | 'text',
  name: string,
  json: string,
  pick: Pick,
  others: readonly Tree[],
): string | undefined {
  if (table === 'text') return textMutations[name]!(json, pick);
  const tree = JSON.parse(json) as Tree;
  const done = (table === 'structure' ? structural : secured)[name]!(tree, pick, others);
  return done ? textOf(tree) : undefined;
}

/** Undefined for a tree that a mutation tied into a ring. */
function textOf(tree: Tree): string | undefined {
  try {
    return JSON.stringify(tree);
  } catch {
    return undefined;
  }
}

/** A way to have credentials judged. */
export interface Through {
  readonly takes: (issued: Issued) => boolean;
  readonly judge: (bytes: Uint8Array) => Promise<VerificationReport>;
  close(): Promise<void>;
}

/** Something that must never happen, with what is needed to look at it. */
export interface Fault {
  readonly what: 'other facts' | 'other verdict' | 'status not looked at' | 'crash' | 'slow';
  readonly credential: string;
  readonly mutation: string;
  readonly detail: string;
  readonly mutant: string;
}

export interface TamperingResult {
  /** How many credentials were altered, by the form in which they travel. */
  readonly credentials: { readonly [form: string]: number };
  readonly counts: { readonly [kind in Mutant['kind']]: number };
  readonly verdicts: { readonly [verdict: string]: number };
  /** By mutation: how many were made, and how many of these were accepted, showing the facts that were issued. */
  readonly mutations: { readonly [name: string]: string };
  /** Of processor time: other work on the machine does not count. */
  readonly slowestMillis: number;
  readonly faults: readonly Fault[];
}

const authentic = ['valid', 'expired', 'not-yet-valid', 'suspended', 'revoked'];
const statusOf = (report: VerificationReport) =>
  report.checks.find(({ check }) => check === 'status')?.outcome;

/**
 * Alters the corpus `count` times by single leaves and as often by structure, and judges every mutant. A fault is: a
 * verdict that says the credential is its issuer's while it shows other facts than were issued; `valid` for one that
 * was not when issued, or without its status having been read; an exception; more than `limitMillis` of processor time.
 */
export async function tamper(options: {
  readonly count: number;
  readonly seed: number;
  readonly limitMillis: number;
  /** Only mutations of this kind. */
  readonly kind?: Mutant['kind'];
  /** Who judges, of which credentials; the pipeline in this process and all of the corpus unless told. */
  readonly through?: (corpus: Corpus) => Promise<Through>;
  readonly onProgress?: (done: number, faults: number) => void;
}): Promise<TamperingResult> {
  const whole = await aCorpus();
  const through = await (options.through ?? inProcess)(whole);
  const corpus: Corpus = { ...whole, issued: whole.issued.filter(through.takes) };
  const { judge } = through;
  try {
    const known = new Map<Issued, Promise<Genuine>>();
    const asIssued = (issued: Issued): Promise<Genuine> => {
      const found = known.get(issued) ?? genuineOf(judge, issued);
      known.set(issued, found);
      return found;
    };
    // In a full run every credential is seen to be as it should before it is altered; in a slice those that are needed.
    if (options.count >= corpus.issued.length) for (const issued of corpus.issued) await asIssued(issued);
    const result = {
      verdicts: {} as Record<string, number>,
    };
    const faults: Fault[] = [];
    const mutations: Record<string, { made: number; accepted: number }> = {};
    let slowest = 0;
    let done = 0;
    for (const kind of options.kind === undefined ? (['leaf', 'structure'] as const) : [options.kind]) {
      for (const mutant of mutants(corpus, kind, options.count, options.seed)) {
        const fault = (what: Fault['what'], detail: string) =>
          void faults.push({
            what,
            detail,
            credential: mutant.of.name,
            mutation: mutant.mutation,
            mutant: Buffer.from(mutant.bytes).toString(
              mutant.of.form === 'png' || mutant.of.form === 'pdf' ? 'base64' : 'utf8',
            ),
          });
        const name = `${kind === 'leaf' ? 'leaf: ' : ''}${mutant.mutation}`;
        const tallies = name.split(together).map((one) => (mutations[one] ??= { made: 0, accepted: 0 }));
        for (const tally of tallies) tally.made += 1;
        const began = process.cpuUsage();
        let report: VerificationReport;
        try {
          report = await judge(mutant.bytes);
        } catch (error) {
          fault('crash', String((error as Error).stack));
          continue;
        }
        const spent = process.cpuUsage(began);
        const millis = (spent.user + spent.system) / 1000;
        slowest = Math.max(slowest, millis);
        if (millis > options.limitMillis) fault('slow', `${millis.toFixed(0)} ms`);
        result.verdicts[report.verdict] = (result.verdicts[report.verdict] ?? 0) + 1;
        if (authentic.includes(report.verdict)) for (const tally of tallies) tally.accepted += 1;
        if (report.reasons.includes(english['limits.fault'])) fault('crash', report.reasons.join(' '));
        for (const claim of claimsOfPresentations(report))
          fault('other facts', `a presentation shows ${claim}`);
        for (const told of credentialsIn(report)) {
          if (!authentic.includes(told.verdict)) continue;
          const isValid = told.verdict === 'valid';
          // Some mutations put a whole other credential in its place, which then is what is shown.
          const own = await asIssued(mutant.of);
          const shownOne =
            (await matching(told, [own])) ??
            (await matching(told, await Promise.all(corpus.issued.map(asIssued))));
          if (shownOne === undefined) fault('other facts', difference(own.facts, shownFacts(told)));
          else if (isValid && shownOne.verdict !== 'valid') fault('other verdict', shownOne.verdict);
          else if (isValid && shownOne.status === 'passed' && statusOf(told) !== 'passed')
            fault('status not looked at', String(statusOf(told)));
        }
        done += 1;
        options.onProgress?.(done, faults.length);
      }
    }
    return {
      credentials: countBy(corpus.issued, ({ form }) => form),
      counts: { leaf: options.count, structure: options.count },
      ...result,
      mutations: Object.fromEntries(
        Object.entries(mutations)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { made, accepted }]) => [name, `${made} made, ${accepted} accepted`]),
      ),
      slowestMillis: Math.round(slowest),
      faults,
    };
  } finally {
    await through.close();
    await whole.close();
  }
}

/** The credential that a report is about; of a presentation, those that are presented. */
function credentialsIn(report: VerificationReport): readonly VerificationReport[] {
  return report.kind === 'presentation' ? report.nested.flatMap(credentialsIn) : [report];
}

/** What presentations, the outermost or inside, show as if an issuer had said it. */
function claimsOfPresentations(report: VerificationReport): readonly string[] {
  const inside = report.nested.flatMap(claimsOfPresentations);
  if (report.kind !== 'presentation' || !authentic.includes(report.verdict)) return inside;
  const { issuer, achievement, holder, credential } = report;
  const claims = ['issuer', 'credentialSubject', 'validFrom', 'validUntil'].filter(
    (name) => credential !== null && name in credential,
  );
  const facts = Object.entries({ issuer, achievement, holder }).filter(([, fact]) => fact !== null);
  return [...inside, ...claims, ...facts.map(([name]) => name)];
}

/** The credential among these whose facts a report shows: word for word where it is valid, else value for value. */
async function matching(told: VerificationReport, among: readonly Genuine[]): Promise<Genuine | undefined> {
  const shown = told.verdict === 'valid' ? shownFacts(told) : shownValues(told);
  const same = among.find(({ facts, values }) => (told.verdict === 'valid' ? facts : values) === shown);
  if (same !== undefined) return same;
  const graph = await shownGraph(told);
  return graph === undefined ? undefined : among.find((one) => one.graph === graph);
}

/** What a credential says as its issuer gave it out. */
interface Genuine {
  readonly verdict: string;
  readonly status: string | undefined;
  readonly facts: string;
  readonly values: string;
  readonly graph: string | undefined;
}

async function genuineOf(judge: Through['judge'], issued: Issued): Promise<Genuine> {
  const report = await judge(issued.bytes);
  if (report.verdict !== issued.verdict)
    throw new Error(`${issued.name} is ${report.verdict} as it was issued: ${report.reasons.join(' ')}`);
  return {
    verdict: report.verdict,
    status: statusOf(report),
    facts: shownFacts(report),
    values: shownValues(report),
    graph: await shownGraph(report),
  };
}

async function inProcess(corpus: Corpus): Promise<Through> {
  return {
    takes: () => true,
    judge: (bytes) =>
      verifyCredential(corpus.ports, { kind: 'bytes', bytes }, { now: corpus.now, contexts: 'all-pinned' }),
    close: async () => undefined,
  };
}

function countBy<T>(items: readonly T[], key: (item: T) => string): { readonly [key: string]: number } {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(0, at - 60), at + 80)} | ${b.slice(Math.max(0, at - 60), at + 80)}`;
}
