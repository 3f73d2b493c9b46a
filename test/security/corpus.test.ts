import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCredential } from '../../src/verification/index.js';
import { aCorpus, type Corpus } from './corpus/index.js';

let corpus: Corpus;
beforeAll(async () => {
  corpus = await aCorpus();
});
afterAll(() => corpus.close());

describe('the credentials that are tampered with', () => {
  it('are more than fifty, in every form', () => {
    expect(corpus.issued.length).toBeGreaterThanOrEqual(50);
    expect(new Set(corpus.issued.map(({ form }) => form))).toEqual(
      new Set(['json', 'jwt', 'png', 'svg', 'pdf']),
    );
    expect(new Set(corpus.issued.map(({ name }) => name)).size).toBe(corpus.issued.length);
  });

  it('have the verdict that is right for each, before anybody touches them', async () => {
    const found: string[] = [];
    for (const { name, bytes, verdict } of corpus.issued) {
      const report = await verifyCredential(corpus.ports, { kind: 'bytes', bytes }, { now: corpus.now });
      if (report.verdict !== verdict)
        found.push(`${name}: ${report.verdict}, not ${verdict}: ${report.reasons.join(' ')}`);
    }
    expect(found).toEqual([]);
  });
});
