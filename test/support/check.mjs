// npm run check: everything that must hold before a change lands. `-- --no-tests` leaves the tests out.
import { spawnSync } from 'node:child_process';

const steps = [
  ['format', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['lint', 'npx', ['eslint', '.']],
  ['typecheck', 'npx', ['tsc', '--noEmit']],
  ['architecture', 'npm', ['run', '-s', 'architecture']],
  ['docs fresh', 'npm', ['run', '-s', 'docs:check']],
  ['OpenAPI lint', 'npm', ['run', '-s', 'openapi:lint']],
  ...(process.argv.includes('--no-tests') ? [] : [['tests', 'npm', ['test', '-s']]]),
];

const failed = [];
for (const [name, command, args] of steps) {
  const started = process.hrtime.bigint();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.error(`check: ${name} ${status === 0 ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
