import { performance } from 'node:perf_hooks';

/** How often a second `run` can be done, one after the other, after a quarter of the time to warm up. */
export async function perSecond(run, millis) {
  let n = 0;
  for (const until = performance.now() + millis / 4; performance.now() < until; n += 1) await run(n);
  const began = performance.now();
  let done = 0;
  for (const until = began + millis; performance.now() < until; done += 1) await run(n + done);
  return (done * 1000) / (performance.now() - began);
}
