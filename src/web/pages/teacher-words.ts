import type { EvidenceRequirement } from '../../achievements/index.js';
import { acceptedTypes, isEvidenceMediaType, type Artefact } from '../../evidence/index.js';
import type { FieldError } from '../../kernel/index.js';

const typeNames: { readonly [mediaType: string]: string } = {
  'application/pdf': 'PDF',
  'image/png': 'PNG picture',
  'image/jpeg': 'JPEG picture',
  'image/webp': 'WebP picture',
  'video/mp4': 'MP4 video',
  'video/webm': 'WebM video',
  'text/plain': 'plain text',
  'text/markdown': 'Markdown text',
};

/** A media type as people call it. */
export function typeName(mediaType: string): string {
  return typeNames[mediaType] ?? mediaType;
}

/** A number of bytes as people read it. */
export function sizeName(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** What a requirement takes: how many, of which kind, how large. */
export function askedFor(requirement: EvidenceRequirement): string {
  const { kind, min, max, mediaTypes } = requirement;
  const range = min === 0 ? `Up to ${max}` : min === max ? `${min}` : `${min} to ${max}`;
  if (kind === 'text') return `${range} words`;
  const largest = Math.max(
    ...mediaTypes.map((type) => (isEvidenceMediaType(type) ? acceptedTypes[type].maxBytes : 0)),
  );
  const types = mediaTypes.map(typeName).join(' or ');
  return `${range} ${max === 1 ? 'file' : 'files'}: ${types}, at most ${sizeName(largest)}${max === 1 ? '' : ' each'}`;
}

/** What ids in findings are replaced from. */
export interface Named {
  readonly artefacts: readonly Artefact[];
  readonly requirements: readonly EvidenceRequirement[];
}

/** Findings as people read them: files and requirements by their names in place of their ids. */
export function inWords(findings: readonly FieldError[], named: Named): FieldError[] {
  return findings.map(({ pointer, detail }) => ({ pointer, detail: withNames(detail, named) }));
}

/** The same for one sentence. */
export function withNames(detail: string, { artefacts, requirements }: Named): string {
  const withFiles = detail.replaceAll(/\(?\bart_[a-z2-7]{26}\b\)?/g, (match) => {
    const id = match.replaceAll(/[()]/g, '');
    const file = artefacts.find((artefact) => artefact.id === id);
    if (file === undefined || file.erasedAt !== null) return match.startsWith('(') ? '' : 'a file';
    return `“${file.name}”`;
  });
  return withFiles
    .replaceAll(/"([a-z0-9-]+)"/g, (match, id: string) => {
      const name = requirements.find((requirement) => requirement.id === id)?.name;
      return name === undefined ? match : `“${name}”`;
    })
    .replaceAll(/ +(?=[ ;,.])/g, '');
}
