import { createHash } from 'node:crypto';
import { evidenceManifest, type Artefact } from '../evidence/index.js';
import type { Answer } from './submission.js';

/**
 * The salted manifest of one answer, of which a credential carries the digest; undefined when a file of it was erased,
 * and its salt with it. A text counts as one file of type text/plain, in UTF-8.
 */
export function answerManifest(answer: Answer, artefacts: readonly Artefact[]): Uint8Array | undefined {
  if (answer.kind === 'text') {
    const bytes = Buffer.from(answer.text, 'utf8');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return evidenceManifest([{ salt: answer.salt, sha256, size: bytes.length, mediaType: 'text/plain' }]);
  }
  const files = answer.artefacts.map((id) => artefacts.find((artefact) => artefact.id === id));
  const salted = files.flatMap((file) =>
    file === undefined || file.salt === null || file.sha256 === null
      ? []
      : [{ ...file, salt: file.salt, sha256: file.sha256 }],
  );
  return salted.length === 0 || salted.length < files.length ? undefined : evidenceManifest(salted);
}
