import { describe, expect, it } from '@jest/globals';
import extractChunks from 'png-chunks-extract';
import { PNG } from 'pngjs';
import { deflateSync } from 'node:zlib';
import { badgeImagePng, badgeImageSvg, bakePng, bakeSvg } from '../../../src/sharing/index.js';
import { chunk } from '../../../src/sharing/bake-png.js';

const art = { title: 'Formative feedback', issuerName: 'Riverbend' };
const words = 'क्षेत्र विद्यालय · العربية ١٢٣ · 😀𝔘 · e\u0301 n\u0303 · Touchstone® teacher’s · ]]> &<"';
const credential = JSON.stringify({ name: words, nested: { list: [1, 'two'] } });

function baked(image: Uint8Array): string[] {
  return extractChunks(image)
    .filter(({ name }) => name === 'iTXt')
    .map(({ data }) => Buffer.from(data).toString('utf8'));
}

describe('baking a PNG', () => {
  const plain = badgeImagePng(art, 120);

  it('stores the credential so that a foreign extractor gets back every byte of it', () => {
    const image = bakePng(plain, credential);
    expect(baked(image)).toEqual([`openbadgecredential\0\0\0\0\0${credential}`]);
    expect(
      extractChunks(image)
        .map(({ name }) => name)
        .slice(0, 2),
    ).toEqual(['IHDR', 'iTXt']);
  });

  it('leaves the picture as it was', () => {
    const before = PNG.sync.read(Buffer.from(plain));
    const after = PNG.sync.read(Buffer.from(bakePng(plain, credential)));
    expect(after.data.equals(before.data)).toBe(true);
  });

  it('replaces older credentials in iTXt, tEXt and zTXt and leaves other text chunks alone', () => {
    const old = Buffer.from('openbadgecredential\0', 'latin1');
    const extra = [
      chunk('tEXt', Buffer.concat([old, Buffer.from('old')])),
      chunk('zTXt', Buffer.concat([old, Buffer.from([0]), deflateSync('old')])),
      chunk('tEXt', Buffer.from('openbadgecredentials\0not ours', 'latin1')),
      chunk('iTXt', Buffer.from('Author\0\0\0\0\0Zoë', 'utf8')),
    ];
    const image = Buffer.from(bakePng(plain, '{"old":true}'));
    const twice = bakePng(Buffer.concat([image.subarray(0, 33), ...extra, image.subarray(33)]), credential);
    const names = extractChunks(twice).map(({ name }) => name);
    expect(names.filter((name) => name === 'zTXt')).toEqual([]);
    expect(names.filter((name) => name === 'tEXt')).toHaveLength(1);
    expect(baked(twice)).toEqual([`openbadgecredential\0\0\0\0\0${credential}`, 'Author\0\0\0\0\0Zoë']);
  });

  it('refuses what is no sound PNG and says what is wrong with it', () => {
    const broken = Buffer.from(plain);
    broken[20]! ^= 0xff;
    const cases: [Uint8Array, RegExp][] = [
      [Buffer.from('<svg/>'), /does not begin with the PNG signature/],
      [plain.subarray(0, plain.length - 20), /cut short/],
      [plain.subarray(0, 33), /IEND/],
      [broken, /checksum/],
      [Buffer.concat([plain.subarray(0, 8), plain.subarray(33)]), /exactly one IHDR/],
    ];
    for (const [image, reason] of cases) {
      expect(() => bakePng(image, credential)).toThrow(reason);
      expect(() => bakePng(image, credential)).toThrow(expect.objectContaining({ code: 'invalid-request' }));
    }
  });

  it('refuses text that UTF-8 or the chunk cannot carry', () => {
    expect(() => bakePng(plain, '"\ud800"')).toThrow(/surrogate/);
    expect(() => bakePng(plain, '{}\0')).toThrow(/NUL/);
  });
});

describe('baking an SVG', () => {
  it('puts the JSON into one CDATA section of the first child', () => {
    const svg = bakeSvg(badgeImageSvg(art), credential);
    const [, attributes, json] =
      /^<svg ([^>]*)><openbadges:credential><!\[CDATA\[([\s\S]*?)\]\]><\/openbadges:credential></.exec(svg)!;
    expect(attributes).toContain('xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"');
    expect(JSON.parse(json!)).toEqual(JSON.parse(credential));
    expect(svg.match(/<!\[CDATA\[/g)).toHaveLength(1);
    expect(json).toBe(credential.replace(']]>', ']]\\u003e'));
  });

  it('puts a JWT into the verify attribute', () => {
    const svg = bakeSvg(
      '<?xml version="1.0"?><!-- art --><!DOCTYPE svg PUBLIC "x" "y"><svg xmlns="http://www.w3.org/2000/svg"/>',
      {
        jwt: 'aa.bb.c-_c',
      },
    );
    expect(svg).toContain(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential verify="aa.bb.c-_c"/></svg>',
    );
  });

  it('replaces an earlier baking, of Open Badges 2.0 too, and nothing inside comments', () => {
    const art2 =
      '<svg xmlns:openbadges="http://openbadges.org" title="a>b"><openbadges:assertion verify="x>y"><![CDATA[</openbadges:assertion>]]></openbadges:assertion><!-- <openbadges:credential> --><rect/></svg>';
    const svg = bakeSvg(bakeSvg(art2, '{"old":1}'), '{"new":1}');
    expect(svg).toBe(
      '<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" title="a>b"><openbadges:credential><![CDATA[{"new":1}]]></openbadges:credential><!-- <openbadges:credential> --><rect/></svg>',
    );
  });

  it('refuses what is no SVG, declares entities, or is no credential', () => {
    expect(() => bakeSvg('<html></html>', '{}')).toThrow(/not <svg>/);
    expect(() => bakeSvg('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', '{}')).toThrow(/DOCTYPE/);
    expect(() => bakeSvg('<svg/>', 'eyJ.not.json')).toThrow(/not JSON/);
    expect(() => bakeSvg('<svg/>', { jwt: '"><script>' })).toThrow(/compact JWT/);
  });
});
