import { acceptedTypes, type EvidenceMediaType } from './media-type.js';

/**
 * A file's name as it may be kept and shown again: no folders, no control, format or bidirectional characters, none
 * that a file system or a header trips over, at most 120 characters, with the ending of the type that was found.
 */
export function cleanName(name: string, mediaType: EvidenceMediaType): string {
  const { extension } = acceptedTypes[mediaType];
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(/\p{C}/gu, '')
    .replaceAll(/["<>:|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const stem = plain.replace(/\.[A-Za-z0-9]{1,8}$/, '').replaceAll(/^\.+|[. ]+$/g, '');
  const letters = [...stem]
    .slice(0, 120 - extension.length - 1)
    .join('')
    .trim();
  return `${letters === '' ? 'file' : letters}.${extension}`;
}
