import { describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { qrPng, qrSvg } from '../../../src/sharing/index.js';

// jsqr is CommonJS with a `default` member; Node hands over the whole module.
const readQr = ((jsqr as unknown as { default?: unknown }).default ?? jsqr) as typeof jsqr.default;
const url = 'https://credentials.riverbend.example/c/rvbd4kTq9sXw2ZbLm0PfYc';

function decode(bytes: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(bytes));
  return readQr(new Uint8ClampedArray(data), width, height)?.data;
}

describe('QR codes', () => {
  it.each([1, 3, 8])('are read back from the PNG at %i pixels a module', (scale) => {
    expect(decode(qrPng(url, scale < 3 ? 2 : scale))).toBe(url);
    expect(PNG.sync.read(Buffer.from(qrPng(url, scale))).width).toBe((41 + 8) * scale);
  });

  it('are read back from the SVG', () => {
    expect(decode(new Resvg(qrSvg(url)).render().asPng())).toBe(url);
  });

  it('survive a blot over a tenth of the symbol', () => {
    const image = PNG.sync.read(Buffer.from(qrPng(url, 8)));
    for (let y = 150; y < 255; y += 1) {
      for (let x = 150; x < 255; x += 1)
        image.data.fill(0, (y * image.width + x) * 4, (y * image.width + x) * 4 + 3);
    }
    expect(decode(PNG.sync.write(image))).toBe(url);
  });

  it('escape the address in the SVG title', () => {
    expect(qrSvg('https://a.test/?a=1&b="<')).toContain(
      '<title>QR code: https://a.test/?a=1&amp;b=&quot;&lt;</title>',
    );
  });

  it('refuse an empty or endless text and a scale that is no size', () => {
    expect(() => qrPng('')).toThrow(/1 to about 1600/);
    expect(() => qrSvg('x'.repeat(3000))).toThrow(/1 to about 1600/);
    expect(() => qrPng(url, 0)).toThrow(/whole number from 1 to 40/);
  });
});
