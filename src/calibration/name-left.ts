import type { Member } from '../tenancy/index.js';

/**
 * Whether a text still holds the name of a teacher, a part of it that is longer than three letters, or the school. What is
 * in files only people can see.
 */
export function nameLeftIn(text: string, teacher: Pick<Member, 'name' | 'school'> | undefined): boolean {
  const known = [teacher?.name, teacher?.school].filter((word): word is string => Boolean(word?.trim()));
  const words = [...known, ...(teacher?.name.split(/\s+/).filter((part) => part.length > 3) ?? [])];
  return words.some((word) => holdsWord(text, word));
}

function holdsWord(text: string, word: string): boolean {
  const escaped = word.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
