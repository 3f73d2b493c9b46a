import { leavesOf, type Pick, type Tree } from './tree.js';

/** A change of one text, number or truth value. Gives undefined where it does not apply. */
export type LeafMutation = (value: unknown, pick: Pick, others: readonly unknown[]) => unknown;

const gone = Symbol('gone');

const ofText =
  (change: (text: string, pick: Pick) => unknown): LeafMutation =>
  (value, pick) =>
    typeof value === 'string' ? change(value, pick) : undefined;
const at = (text: string, pick: Pick): number => pick(text.length + 1);
const inserted = (text: string, position: number, what: string): string =>
  text.slice(0, position) + what + text.slice(position);

const lookAlikes: { readonly [letter: string]: string } = {
  a: 'а',
  e: 'е',
  o: 'о',
  c: 'с',
  p: 'р',
  i: 'і',
  A: 'А',
  E: 'Е',
  '1': 'l',
  '0': 'O',
};

/** Every kind of single-leaf change, by name. */
export const leafMutations: { readonly [name: string]: LeafMutation } = {
  'a letter more': ofText((text, pick) => inserted(text, at(text, pick), pick.one([...'xA0.-/#']))),
  'a letter less': ofText((text, pick) => {
    const position = pick(text.length);
    return text.slice(0, position) + text.slice(position + 1);
  }),
  'another letter': ofText((text, pick) => {
    const position = pick(text.length);
    const other = pick.one([...'abXYZ019_']);
    return text.slice(0, position) + other + text.slice(position + 1);
  }),
  'a letter in the other case': ofText((text, pick) => {
    const letters = [...text.matchAll(/\p{L}/gu)];
    if (letters.length === 0) return undefined;
    const { 0: letter, index } = pick.one(letters);
    const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
    return text.slice(0, index) + other + text.slice(index + letter.length);
  }),
  'all capitals': ofText((text) => text.toUpperCase()),
  'white space': ofText((text, pick) =>
    inserted(
      text,
      pick.one([0, text.length, at(text, pick)]),
      pick.one([' ', '\t', '\n', '\u00a0', '\u2003']),
    ),
  ),
  'an invisible character': ofText((text, pick) =>
    inserted(
      text,
      at(text, pick),
      pick.one(['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u200f']),
    ),
  ),
  'a control character': ofText((text, pick) =>
    inserted(
      text,
      at(text, pick),
      pick.one(['\0', '\u0001', '\u001f', '\u007f', '\u0085', '\ud800', '\udfff']),
    ),
  ),
  'a look-alike letter': ofText((text, pick) => {
    const found = [...text].flatMap((letter, index) => (letter in lookAlikes ? [index] : []));
    if (found.length === 0) return undefined;
    const letters = [...text];
    const index = pick.one(found);
    letters[index] = lookAlikes[letters[index]!]!;
    return letters.join('');
  }),
  decomposed: ofText((text, pick) => text.normalize(pick.one(['NFD', 'NFKD', 'NFKC', 'NFC']))),
  'a combining mark': ofText((text, pick) => inserted(text, at(text, pick), '\u0301')),
  'percent-encoded': ofText((text, pick) => {
    const position = pick(text.length);
    const letter = text[position];
    if (letter === undefined) return undefined;
    return `${text.slice(0, position)}%${letter.charCodeAt(0).toString(16).padStart(2, '0')}${text.slice(position + 1)}`;
  }),
  'another part of an address': ofText((text, pick) =>
    /^(https?:|did:|urn:)/.test(text)
      ? pick.one([
          `${text}/`,
          `${text}#`,
          `${text}?`,
          text.replace(/^https:/, 'http:'),
          text.replace(/^https:/, 'HTTPS:'),
          text.replace('://', '://evil@'),
          text.replace(/:\/\/([^/]+)/, '://$1:443'),
          text.replace('://', ':///'),
          text.replace(/^did:/, 'DID:'),
          text.replace('#', '%23'),
          `${text}/../x`,
          `${text}/.`,
          text.replace('.edu', '.edu.'),
        ])
      : undefined,
  ),
  empty: ofText(() => ''),
  'much longer': ofText((text, pick) => text.repeat(2) + pick.text),
  'any text': (_value, pick) => pick.text,
  null: () => null,
  gone: () => gone,
  'another number': (value, pick) =>
    typeof value === 'number'
      ? pick.one([value + 1, -value, value * 10, 0, 0.5, 1e21, 1e-7, value + 0.25])
      : undefined,
  'almost the same number': (value, pick) =>
    typeof value === 'number'
      ? pick.one([
          value + value * Number.EPSILON,
          value - value * Number.EPSILON,
          value * (1 + 4e-16),
          value + 1e-15,
          value + 1e-14,
          value + 1e-13,
          value + 1e-9,
        ])
      : undefined,
  'a number for a text of one': ofText((text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)),
  'another number in a text': ofText((text, pick) =>
    /\d/.test(text)
      ? text.replace(/\d+/, (digits) =>
          pick.one([
            String(Number(digits) + 1),
            `0${digits}`,
            `+${digits}`,
            `-${digits}`,
            `${digits}.0`,
            `${digits}e0`,
          ]),
        )
      : undefined,
  ),
  'a text for a number': (value, pick) =>
    typeof value === 'number'
      ? pick.one([String(value), `${value}.0`, `${value}E0`, ` ${value}`])
      : undefined,
  'the other truth value': (value, pick) =>
    typeof value === 'boolean' ? pick.one<unknown>([!value, String(value), Number(value), 'yes']) : undefined,
  'a truth value for a text': ofText((_text, pick) => pick.one([true, false])),
  'another moment': ofText((text, pick) => {
    const millis = Date.parse(text);
    if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(millis)) return undefined;
    const moved = pick.one([1, -1, 3600, 86_400, 31_536_000, -31_536_000, 315_360_000]);
    return new Date(millis + moved * 1000).toISOString().replace('.000Z', 'Z');
  }),
  'the same moment spelled otherwise': ofText((text, pick) =>
    /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(text)
      ? pick.one([
          text.replace('Z', '+00:00'),
          text.replace('Z', '.000Z'),
          text.replace('Z', '-00:00'),
          text.toLowerCase(),
          text.replace('T', ' '),
          text.slice(0, 10),
          text.replace('Z', ''),
          `+00${text}`,
          text.replace(/:00Z$/, ':60Z'),
        ])
      : undefined,
  ),
  'the value of another member': (value, pick, others) => {
    const fitting = others.filter((other) => typeof other === typeof value && other !== value);
    return fitting.length === 0 ? undefined : pick.one(fitting);
  },
};

/** Alters one leaf of `tree` in the named way. Gives its path, or undefined when nothing was altered. */
export function alterLeaf(tree: Tree, name: string, pick: Pick): readonly string[] | undefined {
  const leaves = leavesOf(tree);
  const mutate = leafMutations[name]!;
  // A few draws: not every change fits every leaf.
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const { holder, key, value, path } = pick.one(leaves);
    const changed = mutate(
      value,
      pick,
      leaves.map((leaf) => leaf.value),
    );
    if (changed === undefined || Object.is(changed, value)) continue;
    if (changed === gone) {
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    } else {
      holder[key] = changed;
    }
    return path;
  }
  return undefined;
}
