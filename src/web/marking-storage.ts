import type { Request } from 'express';
import type { StorageEngine } from 'multer';

/** Whether a file's bytes were let go because it, or the form with it, was too large. */
export function wasTooLarge(file: Express.Multer.File): boolean {
  return file.buffer.length < file.size;
}

/** Of one form, at most so many times the largest file is kept in memory. */
const filesAtOnce = 3;

/**
 * Keeps uploads in memory; a file past `maxBytes` is let go and marked, so that the words and files that came with it
 * are not lost. Files beyond what one form may hold in memory are marked too.
 */
export function markingStorage(maxBytes: number): StorageEngine {
  const held = new WeakMap<Request, number>();
  return {
    _handleFile: (request, file, done) => {
      const chunks: Buffer[] = [];
      let size = 0;
      let isOver = false;
      file.stream.on('data', (chunk: Buffer) => {
        if (isOver) return;
        const total = held.get(request) ?? 0;
        size += chunk.length;
        if (size > maxBytes || total + chunk.length > maxBytes * filesAtOnce) {
          isOver = true;
          held.set(request, total - (size - chunk.length));
          chunks.length = 0;
          return;
        }
        held.set(request, total + chunk.length);
        chunks.push(chunk);
      });
      file.stream.on('error', (error: Error) => done(error));
      file.stream.on('end', () => {
        done(null, { buffer: Buffer.concat(chunks), size });
      });
    },
    _removeFile: (_request, _file, done) => done(null),
  };
}
