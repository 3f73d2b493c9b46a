// What the tests use of Jest, so that one of them can be run alone, again and again, in a process that has loaded all.
// Anything else that a test asks for is missing here, and says so when it is loaded.
import { expect } from 'expect';

export { expect };

const suiteOf = (name, parent) => ({
  name,
  parent,
  suites: [],
  tests: [],
  before: [],
  beforeEach: [],
  afterEach: [],
  after: [],
});
let current = suiteOf('', null);

/** The suite of all that `load` registers. */
export async function collect(load) {
  const root = suiteOf('', null);
  current = root;
  await load();
  return root;
}

const titled = (name, row, index) => {
  const values = [...row];
  return name.replace(/%(?:[sdifjop#%])/g, (mark) =>
    mark === '%%' ? '%' : mark === '%#' ? String(index) : values.length === 0 ? mark : shown(values.shift()),
  );
};
const shown = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const each =
  (declare) =>
  (rows) =>
  (name, run, ...rest) =>
    [...rows].forEach((given, index) => {
      const row = Array.isArray(given) ? given : [given];
      declare(titled(name, row, index), () => run(...row), ...rest);
    });

export function describe(name, declare) {
  const suite = suiteOf(name, current);
  current.suites.push(suite);
  current = suite;
  declare();
  current = suite.parent;
}
describe.each = each(describe);

export function it(name, run) {
  current.tests.push({ name, run, suite: current });
}
it.each = each(it);
export const test = it;

export const beforeAll = (run) => void current.before.push(run);
export const beforeEach = (run) => void current.beforeEach.push(run);
export const afterEach = (run) => void current.afterEach.push(run);
export const afterAll = (run) => void current.after.push(run);
