import { verifyCredential } from '../../../src/verification/index.js';
import {
  aBadge,
  asToken,
  aStatusList,
  makeIssuer,
  portsOf,
  rigHost,
  rigListUrl,
  rigNow,
  sealed,
  worldOf,
} from '../../support/credential-rig.js';
import { shownFacts } from '../tampering/facts.js';
import type { HostileFile } from './hostile-file.js';
import { hostilePdfs } from './hostile-pdfs.js';
import { hostilePngs } from './hostile-pngs.js';
import { hostileSvgs } from './hostile-svgs.js';

/** The most that any one file may make a reader inflate. */
export const inflatedBar = 2 * 1024 * 1024;

export interface ImagesResult {
  readonly files: { readonly [form: string]: number };
  readonly verdicts: { readonly [verdict: string]: number };
  readonly mostInflated: number;
  readonly slowestMillis: number;
  readonly faults: readonly string[];
}

/**
 * Judges every hostile file. A fault: one that is accepted as something other than the genuine credential in it, one
 * that is accepted though it holds two, one that inflates more than 2 MiB, a crash.
 */
export async function judgeHostileFiles(inflated: () => number): Promise<ImagesResult> {
  const issuer = makeIssuer(`did:web:${rigHost}:issuers:westfield`);
  const world = worldOf(issuer);
  world.resources.set(rigListUrl, await aStatusList(issuer, []));
  const judge = (bytes: Uint8Array) =>
    verifyCredential(portsOf(world), { kind: 'bytes', bytes }, { now: rigNow });
  const renamed = aBadge(issuer, (badge) => {
    badge['id'] = `https://${rigHost}/c/westother00000000000000`;
    badge['name'] = 'Another badge';
  });
  const genuine = JSON.stringify(await sealed(aBadge(issuer), issuer.proof));
  const texts = {
    genuine,
    other: JSON.stringify(await sealed(renamed, issuer.proof)),
    token: await asToken(renamed, issuer.es256),
    forged: genuine.replaceAll('Formative', 'Advanced'),
  };
  const faults: string[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const { verdict } = await judge(Buffer.from(text));
    if (verdict !== (name === 'forged' ? 'not-genuine' : 'valid'))
      faults.push(`${name} is ${verdict} by itself`);
  }
  inflated();
  const facts = shownFacts(await judge(Buffer.from(genuine)));
  // What its status list inflates to is counted apart.
  const ofItsList = inflated();
  const files: readonly HostileFile[] = [...hostilePngs(texts), ...hostileSvgs(texts), ...hostilePdfs(texts)];
  const forms: Record<string, number> = {};
  const verdicts: Record<string, number> = {};
  let mostInflated = 0;
  let slowest = 0;
  for (const { name, bytes, may } of files) {
    forms[name.slice(0, 3)] = (forms[name.slice(0, 3)] ?? 0) + 1;
    inflated();
    const began = process.hrtime.bigint();
    try {
      const report = await judge(bytes);
      slowest = Math.max(slowest, Number(process.hrtime.bigint() - began) / 1e6);
      verdicts[report.verdict] = (verdicts[report.verdict] ?? 0) + 1;
      if (report.verdict === 'valid') {
        if (may === 'nothing') faults.push(`${name}: accepted as ${report.credential?.['name']}`);
        else if (shownFacts(report) !== facts) faults.push(`${name}: shows other facts`);
      } else if (!['not-genuine', 'could-not-check'].includes(report.verdict)) {
        faults.push(`${name}: ${report.verdict}`);
      }
    } catch (error) {
      faults.push(`${name}: crashed: ${String((error as Error).stack)}`);
    }
    const bytesInflated = Math.max(0, inflated() - ofItsList);
    mostInflated = Math.max(mostInflated, bytesInflated);
    if (bytesInflated > inflatedBar) faults.push(`${name}: inflated ${bytesInflated} bytes`);
  }
  return { files: forms, verdicts, mostInflated, slowestMillis: Math.round(slowest), faults };
}
