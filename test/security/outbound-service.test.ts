import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOutbound } from '../../src/adapters/outbound-http/index.js';
import { digestMultibaseSha384, signCompactJws, type JsonObject } from '../../src/securing/index.js';
import type { VerificationReport } from '../../src/verification/index.js';
import { aBadge, aStatusList, makeIssuer, sealed } from '../support/credential-rig.js';
import { aService, testStart, type TestService } from '../support/service.js';
import { makeTestAuthority } from '../support/test-authority.js';

const host = 'issuer.example.test';
const at = (path: string) => `https://${host}${path}`;
const did = `did:web:${host}:issuers:westfield`;
const authority = makeTestAuthority([host]);

let server: Server;
let service: TestService;
let asked: string[] = [];
let files: { readonly [path: string]: { readonly type: string; readonly text: string } };

beforeAll(async () => {
  const issuer = makeIssuer(did);
  const list = (copy: { [member: string]: unknown }) => {
    copy['id'] = at('/status/1');
    copy['validFrom'] = '2026-11-20T08:55:00Z';
    copy['validUntil'] = '2026-11-21T08:55:00Z';
  };
  const component = JSON.stringify(
    await sealed(
      aBadge(issuer, (badge) => {
        badge['id'] = at('/c/component');
        badge['validFrom'] = testStart;
        for (const member of ['credentialStatus', 'relatedResource', 'credentialSchema'])
          delete badge[member];
      }),
      issuer.proof,
    ),
  );
  const quality = JSON.stringify({ agreement: '0.82' });
  const badge = await sealed(
    aBadge(issuer, (copy) => {
      copy['id'] = at('/c/badge');
      copy['validFrom'] = testStart;
      (copy['credentialSchema'] as unknown[]).push({
        id: at('/schema.json'),
        type: '1EdTechJsonSchemaValidator2019',
      });
      copy['credentialStatus'] = {
        id: at('/status/1#7'),
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '7',
        statusListCredential: at('/status/1'),
      };
      copy['relatedResource'] = [
        {
          id: at('/quality.json'),
          digestMultibase: digestMultibaseSha384(quality),
          mediaType: 'application/json',
        },
      ];
      copy['evidence'] = [
        {
          id: at('/c/component'),
          type: ['Evidence'],
          name: 'Component',
          mediaType: 'application/vc',
          digestMultibase: digestMultibaseSha384(component),
        },
      ];
      copy['refreshService'] = { id: at('/refresh'), type: '1EdTechCredentialRefresh' };
      // Places that a person may go to; a verifier has no business there.
      (copy['issuer'] as { [member: string]: unknown })['image'] = { id: at('/logo.png'), type: 'Image' };
    }),
    issuer.proof,
  );
  const standingOf = (id: string) =>
    signCompactJws({
      header: {},
      payload: {
        iss: did,
        sub: id,
        edition: 1,
        state: 'active',
        since: testStart,
        reason: null,
        replacedBy: null,
        iat: Date.parse(testStart) / 1000,
        exp: Date.parse(testStart) / 1000 + 300,
      } as unknown as JsonObject,
      signer: issuer.es256,
    });
  const services = [{ id: `${did}#standing`, type: 'TouchstoneStanding', serviceEndpoint: at('/c/') }];
  const json = (value: unknown, type = 'application/json') => ({
    type,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  });
  files = {
    '/issuers/westfield/did.json': json({ ...issuer.document, service: services }, 'application/did+json'),
    '/status/1': json(await aStatusList(issuer, [], list), 'application/vc'),
    '/schema.json': json({ type: 'object', required: ['id'] }),
    '/quality.json': json(quality),
    '/c/component': json(component, 'application/vc'),
    '/c/badge': json(badge, 'application/vc'),
    '/refresh': json(badge, 'application/vc'),
    '/c/badge/standing': json(await standingOf(at('/c/badge')), 'application/jwt'),
    '/c/component/standing': json(await standingOf(at('/c/component')), 'application/jwt'),
  };
  server = createServer({ key: authority.key, cert: authority.cert }, (request, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': file.type }).end(file.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service = await aService({
    overrides: {
      outbound: createOutbound({
        hosts: { [host]: { address: '127.0.0.1', port: (server.address() as AddressInfo).port } },
        ca: authority.ca,
      }),
    },
  });
});
afterAll(async () => {
  await service.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

describe('a credential that points at everything', () => {
  it('makes the service ask each place that it must ask, once, and no other', async () => {
    asked = [];
    const answer = await service.http.post('/api/v1/verify').send({ url: at('/c/badge') });
    const report = answer.body as VerificationReport;
    expect({ verdict: report.verdict, reasons: report.reasons }).toEqual({ verdict: 'valid', reasons: [] });
    expect([...asked].sort()).toEqual(Object.keys(files).sort());
  });
});
