import type { Pick } from './tree.js';

/** A change of JSON as text, which a parser may read in more than one way. Gives undefined where it does not apply. */
export type TextMutation = (text: string, pick: Pick) => string | undefined;

const nameAt = (text: string, pick: Pick): RegExpMatchArray | undefined => {
  const names = [...text.matchAll(/"([A-Za-z@]+)":/g)];
  return names.length === 0 ? undefined : pick.one(names);
};
const withName = (text: string, pick: Pick, spell: (name: string) => string): string | undefined => {
  const found = nameAt(text, pick);
  if (found === undefined) return undefined;
  return `${text.slice(0, found.index!)}${spell(found[1]!)}${text.slice(found.index! + found[0].length)}`;
};
const escaped = (name: string, at: number): string =>
  `${name.slice(0, at)}\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}${name.slice(at + 1)}`;

export const textMutations: { readonly [name: string]: TextMutation } = {
  'a name twice': (text, pick) =>
    withName(text, pick, (name) => {
      const other = pick.one([
        '"Unsigned"',
        'null',
        '[]',
        '{}',
        '"2090-01-01T00:00:00Z"',
        '{"id":"urn:x","type":"T"}',
      ]);
      return `"${name}":${other},"${name}":`;
    }),
  'a name twice, once escaped': (text, pick) =>
    withName(text, pick, (name) => `"${escaped(name, pick(name.length))}":"Unsigned","${name}":`),
  'an escaped name': (text, pick) => withName(text, pick, (name) => `"${escaped(name, pick(name.length))}":`),
  'white space between': (text, pick) => withName(text, pick, (name) => `\n\t "${name}" :\r\n `),
  'white space that JSON has not': (text, pick) =>
    withName(text, pick, (name) => `${pick.one(['\u00a0', '\u2028', '\ufeff', '\v', '\f'])}"${name}":`),
  'something before it': (text, pick) =>
    pick.one(['\ufeff', ' ', '\n', ")]}',\n", '//x\n', '\0', '<!-- -->', '[', '"']) + text,
  'something after it': (text, pick) =>
    text + pick.one([' ', '\n', '\0', '}', ',', ';', text, '{}', '//x', '\ufeff']),
  'cut short': (text, pick) => text.slice(0, -1 - pick(Math.min(200, text.length - 1))),
  'as a text in JSON': (text) => JSON.stringify(text),
  'in an array': (text, pick) => pick.one([`[${text}]`, `[${text},${text}]`]),
  'with a comma too many': (text) => text.replace(/\}$/, ',}'),
  'with a comment': (text, pick) => withName(text, pick, (name) => `/* x */"${name}":`),
  'numbers spelled otherwise': (text, pick) => {
    const numbers = [...text.matchAll(/:(\d+(?:\.\d+)?)([,}])/g)];
    if (numbers.length === 0) return undefined;
    const { 0: whole, 1: number, 2: end, index } = pick.one(numbers);
    const other = pick.one([
      `${number}.0`,
      `${number}e0`,
      `0${number}`,
      `${number}.00000000000000001`,
      `+${number}`,
      `${number}E+0`,
      '1e400',
      '-0',
      'NaN',
      `0x${number}`,
    ]);
    return `${text.slice(0, index)}:${other}${end}${text.slice(index + whole!.length)}`;
  },
  'a letter escaped in a value': (text, pick) => {
    const values = [...text.matchAll(/:"([A-Za-z][^"\\]*)"/g)];
    if (values.length === 0) return undefined;
    const { 0: whole, 1: value, index } = pick.one(values);
    return `${text.slice(0, index)}:"${escaped(value!, pick(value!.length))}"${text.slice(index + whole.length)}`;
  },
};
