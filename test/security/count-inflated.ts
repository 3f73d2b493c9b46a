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
        // What was inflated before it stopped: at least as much as was allowed when that was the reason.
        if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
          bytes += options?.maxOutputLength ?? Number.MAX_SAFE_INTEGER;
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
