import { createHash } from 'node:crypto';
import { packageFile } from '../kernel/index.js';
import type { Route } from './route.js';

/** The files that pages ask for, by name: where each is and what it is. */
const files = {
  'touchstone.css': { path: 'src/web/assets/touchstone.css', mediaType: 'text/css; charset=utf-8' },
  'rating.js': { path: 'src/web/assets/rating.js', mediaType: 'text/javascript; charset=utf-8' },
  'mark.svg': { path: 'src/web/assets/mark.svg', mediaType: 'image/svg+xml' },
} as const;

export type AssetName = keyof typeof files;

interface Asset {
  readonly text: string;
  readonly tag: string;
}

const kept = new Map<AssetName, Asset>();

function asset(name: AssetName): Asset {
  let known = kept.get(name);
  if (known === undefined) {
    const text = packageFile(files[name].path);
    known = { text, tag: createHash('sha256').update(text).digest('base64url').slice(0, 16) };
    kept.set(name, known);
  }
  return known;
}

/** The address of an asset with its hash in it, so that a browser may keep it for ever. */
export function assetHref(name: AssetName): string {
  return `${assetAddress(name)}?v=${asset(name).tag}`;
}

/** The same without its hash. */
export function assetAddress(name: AssetName): string {
  return `/assets/${name}`;
}

/** One row for each asset. */
export function assetRoutes(): readonly Route[] {
  return (Object.keys(files) as AssetName[]).map((name) => ({
    operationId: `asset${name.replaceAll(/(?:^|[^a-zA-Z]+)([a-z])/g, (_match, letter: string) => letter.toUpperCase())}`,
    method: 'GET',
    path: assetAddress(name),
    kind: 'page',
    tag: 'assets',
    summary: `The file ${name} of the pages`,
    access: 'public',
    responses: { 200: { description: 'The file.', mediaType: files[name].mediaType } },
    handler: async (request) => {
      const { text, tag } = asset(name);
      // The address with the hash never changes its content; the bare one is asked again.
      const fresh =
        request.query['v'] === tag ? 'public, max-age=31536000, immutable' : 'public, max-age=300';
      return {
        status: 200,
        bytes: Buffer.from(text, 'utf8'),
        mediaType: files[name].mediaType,
        headers: { ETag: `"${tag}"`, 'Cache-Control': fresh },
      };
    },
  }));
}
