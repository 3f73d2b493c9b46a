import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aService, operatorToken, type TestService } from '../support/service.js';

describe('opening a district', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await aService();
  });
  afterAll(() => service.close());

  const asked = (slug: string) => ({
    district: { name: 'Riverbend Unified', slug, timeZone: 'America/Chicago', language: 'en-US' },
    admin: { email: `admin@${slug}.example`, name: 'Alma Reyes' },
  });
  const form = { timeZone: 'America/Chicago', language: 'en-US', adminName: 'Alma Reyes' };

  it('takes the operator token and nothing else', async () => {
    const path = '/api/v1/districts';
    expect((await service.http.post(path).send(asked('one'))).status).toBe(401);
    const wrong = await service.http.post(path).set('Authorization', 'Bearer tsk_wrong').send(asked('one'));
    expect(wrong.status).toBe(401);
    const opened = await service.http
      .post(path)
      .set('Authorization', `Bearer ${operatorToken}`)
      .send(asked('one'));
    expect(opened.status).toBe(201);
    expect(opened.body.issuerId).toBe('did:web:localhost%3A8080:issuers:one');
    const me = await service.http.get('/api/v1/me').set('Authorization', `Bearer ${opened.body.apiKey}`);
    expect([me.status, me.body.roles]).toEqual([200, ['admin']]);
    const did = await service.http.get('/issuers/one/did.json');
    expect(JSON.parse(did.text).assertionMethod).toHaveLength(2);
    const again = await service.http
      .post(path)
      .set('Authorization', `Bearer ${operatorToken}`)
      .send(asked('one'));
    expect([again.status, again.body.errors[0].pointer]).toEqual([409, '/district/slug']);
  });

  it('does nothing else with the operator token', async () => {
    const members = await service.http.get('/api/v1/members').set('Authorization', `Bearer ${operatorToken}`);
    expect(members.status).toBe(401);
  });

  it('works by the page: a wrong token keeps what was typed and never repeats the token', async () => {
    const fields = { ...form, name: 'Cedar Valley', slug: 'cedar', email: 'office@cedar.example' };
    const refused = await service.http
      .post('/set-up')
      .type('form')
      .send({ ...fields, token: 'not-the-token' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="Cedar Valley"');
    expect(refused.text).not.toContain('not-the-token');
    const bad = await service.http
      .post('/set-up')
      .type('form')
      .send({ ...fields, slug: 'No Good', token: operatorToken });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('id="field-slug-error"');
    const opened = await service.http
      .post('/set-up')
      .type('form')
      .send({ ...fields, token: operatorToken });
    expect(opened.status).toBe(200);
    expect(opened.text).toContain('Cedar Valley is open');
    const link = /href="http:\/\/localhost:8080(\/sign-in\/[^"]+)"/.exec(opened.text)?.[1];
    const signedIn = await service.http.post(link!).type('form').send({});
    expect(signedIn.status).toBe(303);
    const cookie = signedIn.headers['set-cookie']![0]!.split(';')[0]!;
    expect((await service.http.get('/district/members').set('Cookie', cookie)).text).toContain(
      'office@cedar.example',
    );
  });
});
