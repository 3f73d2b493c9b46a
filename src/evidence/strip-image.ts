import sharp from 'sharp';
import { AppError } from '../kernel/index.js';

/** Most pixels of one picture: beyond it a small file unpacks into more memory than one request may have. */
const maxPixels = 60_000_000;

/**
 * The picture encoded anew in its own format, upright and without metadata: no place, camera, time or preview of it is
 * kept. Whatever else a file hid behind the pixels goes too.
 * @throws unsupported-media-type naming `/file` when it cannot be read as a picture; too-large above 60 megapixels.
 */
export async function stripImage(
  bytes: Uint8Array,
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp',
): Promise<Uint8Array> {
  const broken = (cause: unknown) =>
    new AppError(
      'unsupported-media-type',
      'The file cannot be read as a picture; export it again and send that.',
      {
        cause,
        errors: [{ pointer: '/file', detail: 'is damaged: it cannot be read as a picture' }],
      },
    );
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw broken(cause);
    });
  if (header.width * header.height > maxPixels) {
    throw new AppError(
      'too-large',
      `The picture has ${header.width} by ${header.height} pixels; at most 60 megapixels are taken. Send it smaller.`,
      {
        errors: [{ pointer: '/file', detail: 'must have at most 60 megapixels' }],
      },
    );
  }
  const upright = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' }).autoOrient();
  try {
    switch (mediaType) {
      case 'image/png':
        return await upright.png().toBuffer();
      case 'image/jpeg':
        return await upright.jpeg({ quality: 92, mozjpeg: false }).toBuffer();
      case 'image/webp':
        return await upright.webp({ quality: 92 }).toBuffer();
    }
  } catch (cause) {
    throw broken(cause);
  }
}
