import { describe, expect, it } from '@jest/globals';
import { countInflated } from './count-inflated.js';

const inflated = countInflated();
const { inflatedBar, judgeHostileFiles } = await import('./images/run.js');

describe('hostile images and PDF files', () => {
  it('are accepted as nothing but the one genuine credential in them, and inflate no more than 2 MiB', async () => {
    const { files, verdicts, mostInflated, slowestMillis, faults } = await judgeHostileFiles(inflated);
    const count = Object.values(files).reduce((sum, one) => sum + one, 0);
    console.log(
      `images: ${count}: ${JSON.stringify(files)}: ${JSON.stringify(verdicts)}, at most ${mostInflated} bytes inflated, slowest ${slowestMillis} ms`,
    );
    expect(faults).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(100);
    expect(verdicts['valid']).toBeGreaterThan(0);
    expect(mostInflated).toBeGreaterThan(1_000_000);
    expect(mostInflated).toBeLessThanOrEqual(inflatedBar);
  });
});
