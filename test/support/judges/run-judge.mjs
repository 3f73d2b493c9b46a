// node --import ./loopback-only.mjs run-judge.mjs NAME: asks the judge NAME (a module beside this one) about each case
// on stdin, an array of `{ name, ... }`, one after the other, and prints `{ answers: { [name]: answer }, refused }`.
import { text } from 'node:stream/consumers';
import { refused } from './loopback-only.mjs';

// Some judges talk on stdout; that is where the answer goes.
console.log = console.error;
const [name] = process.argv.slice(2);
const { judge } = await import(`./${name}.mjs`);
const answers = {};
for (const { name: asked, ...one } of JSON.parse(await text(process.stdin)))
  answers[asked] = await judge(one);
process.stdout.write(JSON.stringify({ answers, refused }));
