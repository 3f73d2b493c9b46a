import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, randomToken, type Randomness } from '../../kernel/index.js';
import type { ByteRange, FileStore } from '../../evidence/index.js';

/**
 * Keeps files on the disk, in folders by the end of their id. A file is written beside its place, brought to the medium
 * and then renamed, so that there is never half of one.
 */
export function diskFiles(options: { readonly folder: string; readonly randomness: Randomness }): FileStore {
  const placeOf = (id: string) => {
    if (!/^[a-z0-9_]{4,64}$/.test(id))
      throw new Error('a file id is 4 to 64 lower-case letters, digits and underscores');
    const folder = join(options.folder, id.slice(-2));
    return { folder, path: join(folder, id) };
  };
  return {
    put: async (id, bytes) => {
      const { folder, path } = placeOf(id);
      const beside = `${path}.${randomToken(options.randomness, 6)}.part`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const file = await open(beside, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, path);
        await syncFolder(folder);
      } catch (error) {
        await rm(beside, { force: true }).catch(() => undefined);
        throw failed(error);
      }
    },
    get: async (id, range) => {
      try {
        return await read(placeOf(id).path, range);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw failed(error);
      }
    },
    remove: async (id) => {
      const { folder, path } = placeOf(id);
      try {
        await rm(path, { force: true });
        await syncFolder(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw failed(error);
      }
    },
  };
}

async function read(path: string, range: ByteRange | undefined): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    if (range === undefined) return await file.readFile();
    const bytes = Buffer.alloc(range.end - range.start + 1);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, range.start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** A rename or removal is on the medium only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function failed(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code === undefined) return error;
  return new AppError('unavailable', 'The file cannot be kept or read now; try again later.', {
    cause: error,
  });
}
