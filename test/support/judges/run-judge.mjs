// node --import ./loopback-only.mjs run-judge.mjs NAME [TASK]: asks the module NAME (a path from this folder) about
// each case on stdin, an array of `{ name, ... }`, one after the other, by calling its TASK (`judge` unless told), and
// prints `{ answers: { [name]: answer }, refused }`.
import { text } from 'node:stream/consumers';
import { refused } from './loopback-only.mjs';

// Some judges talk on stdout; that is where the answer goes.
console.log = console.error;
const [name, task = 'judge'] = process.argv.slice(2);
const module = await import(`./${name}.mjs`);
const answers = {};
for (const { name: asked, ...one } of JSON.parse(await text(process.stdin)))
  answers[asked] = await module[task](one);
// A module may have left something waiting; nobody waits for it.
process.stdout.write(JSON.stringify({ answers, refused }), () => process.exit());
