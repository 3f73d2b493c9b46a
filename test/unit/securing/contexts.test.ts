import { describe, expect, it } from '@jest/globals';
import { packageFile } from '../../../src/kernel/index.js';
import { loadContexts, type Manifest } from '../../../src/securing/contexts.js';
import { documentLoader } from '../../../src/securing/document-loader.js';

const manifest = JSON.parse(packageFile('contexts/manifest.json')) as Manifest;
const v2 = 'https://www.w3.org/ns/credentials/v2';

describe('the pinned contexts', () => {
  it('are all there, with the text that was pinned', () => {
    expect([...loadContexts().keys()]).toEqual(Object.keys(manifest));
    expect(Object.keys(manifest)).toHaveLength(15);
  });

  it('stop the start when a package gives another text, naming the context', () => {
    const changed = { [v2]: { ...manifest[v2]!, jcsSha256: '0'.repeat(64) } };
    expect(() => loadContexts(changed)).toThrow(
      /another text for the context https:\/\/www\.w3\.org\/ns\/credentials\/v2/,
    );
  });

  it('stop the start when a package no longer gives one', () => {
    const row = { ...manifest[v2]!, package: '@digitalbazaar/multikey-context' };
    expect(() => loadContexts({ [v2]: row })).toThrow(/does not give the context/);
  });

  it('keep awardedDate as the published Open Badges 3.0.3 has it, whose unresolved datatype is part of every signature', async () => {
    const { document } = await documentLoader('https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json');
    expect(JSON.stringify(document)).toContain(
      '"awardedDate":{"@id":"https://purl.imsglobal.org/spec/vc/ob/vocab.html#awardedDate","@type":"xsd:dateTime"}',
    );
    expect(JSON.stringify(document)).not.toContain('"xsd":');
  });
});

describe('the document loader', () => {
  it('gives a pinned context', async () => {
    expect((await documentLoader(v2)).document).toHaveProperty('@context');
  });

  it.each([
    'https://example.org/context.json',
    'http://www.w3.org/ns/credentials/v2',
    '__proto__',
    'file:///etc/passwd',
  ])('refuses %s by name and fetches nothing', async (url) => {
    await expect(documentLoader(url)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining(url),
    });
  });
});
