import { createRequire, syncBuiltinESMExports } from 'node:module';

type Inflate = (data: Uint8Array, options?: { readonly maxOutputLength?: number }) => Buffer;

/**
 * Counts every byte that is inflated from now on. To be called before anything that imports zlib is loaded: whoever
 * uses it imports the rest afterwards. Gives the count since it was last asked.
 */
export function countInflated(): () => number {
  const zlib = createRequire(import.meta.url)('node:zlib') as { [name: string]: Inflate };
  let bytes = 0;
  for (const name of ['inflateSync', 'gunzipSync', 'unzipSync', 'inflateRawSync', 'brotliDecompressSync']) {
    const inflate = zlib[name]!;
    zlib[name] = (data, options) => {
      try {
        const result = inflate(data, options);
        bytes += result.length;
        return result;
      } catch (error) {
        // What was inflated before it stopped is not told: as much as was allowed, or as can come out of the data.
        const allowed = options?.maxOutputLength ?? Number.MAX_SAFE_INTEGER;
        const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
        bytes += tooLarge ? allowed : Math.min(allowed, data.byteLength * 1032);
        throw error;
      }
    };
  }
  syncBuiltinESMExports();
  return () => {
    const counted = bytes;
    bytes = 0;
    return counted;
  };
}
