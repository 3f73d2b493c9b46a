import { describe, expect, it } from '@jest/globals';
import { recognise } from '../../../src/verification/recognition.js';

const westfield = {
  id: 'did:web:credentials.westfield.edu:issuers:district',
  name: 'Westfield School District',
};
const riverside = { id: 'https://badges.riverside.k12.ca.us/issuer', name: 'Riverside Unified' };
const district12 = { id: 'did:web:badges.district12.example.org', name: 'District 12' };
const metro = { id: 'did:web:metroschools.org', name: 'Metro Schools' };
const known = [westfield, riverside, district12, metro];

const alike: readonly (readonly [host: string, how: string])[] = [
  ['credentials.wеstfield.edu', 'a Cyrillic е'],
  ['credentials.xn--wstfield-2of.edu', 'the same in Punycode'],
  ['credentials.westfіeld.edu', 'a Ukrainian і'],
  ['credentials.westƒield.edu', 'a hooked f'],
  ['credentials.wéstfield.edu', 'an accent'],
  ['credentials.westfie1d.edu', 'a one for an l'],
  ['credentials.westfleld.edu', 'an l for an i'],
  ['credentials.we5tfield.edu', 'a five for an s'],
  ['credentials.vvestfield.edu', 'two v for a w'],
  ['credentials.westfeild.edu', 'two letters swapped'],
  ['credentials.westfeld.edu', 'a letter left out'],
  ['credentials.westfieldd.edu', 'a letter doubled'],
  ['credentials.wesffield.edu', 'another letter'],
  ['credentials.west-field.edu', 'a hyphen put in'],
  ['credentials.wesτfield.edu', 'a Greek tau'],
  ['wеstfield.edu', 'a Cyrillic е, without the first label'],
  ['badges.westfeild.edu', 'letters swapped under another first label'],
  ['login.badges.westfield-edu.com', 'a hyphen for the dot'],
  ['westfield.edu.badge-check.com', 'the known name in front of another'],
  ['credentials.westfield.edu.example.net', 'the whole host in front of another'],
  ['westfieldedu.org', 'the dot left out'],
  ['credentials-westfield-edu.example.net', 'hyphens for all dots'],
  ['badges.riversіde.k12.ca.us', 'a Ukrainian і under k12'],
  ['badges.rlverside.k12.ca.us', 'an l for an i under k12'],
  ['badges.riversde.k12.ca.us', 'a letter left out under k12'],
  ['badges.riversdie.k12.ca.us', 'letters swapped under k12'],
  ['riverside-k12-ca-us.org', 'hyphens for dots'],
  ['riverside.k12.ca.us.verify.example.com', 'the known name in front of another'],
  ['badgeş.riverside.k12.ca.us', 'a cedilla on the known name’s own host'],
  ['metroschoo1s.org', 'a one for an l'],
  ['metr0schools.org', 'a zero for an o'],
  ['rnetroschools.org', 'r and n for an m'],
  ['metroschooIs.org', 'a capital i for an l'],
  ['metroѕchools.org', 'a Cyrillic ѕ'],
  ['metroschool.org', 'a letter left out'],
  ['metroschools.orq', 'a letter of the suffix'],
  ['metro-schools.org', 'a hyphen put in'],
  ['meтroschools.org', 'a Cyrillic т'],
  ['metrοschools.org', 'a Greek omicron'],
  ['metroschools.or', 'a letter of the suffix left out'],
];

const neighbours = [
  'badges.district13.example.org',
  'badges.district11.example.org',
  'badges.district2.example.org',
  'district12.example.net',
  'credentials.eastfield.edu',
  'credentials.northfield.edu',
  'credentials.southfield.edu',
  'credentials.wakefield.edu',
  'credentials.westford.edu',
  'credentials.westminster.edu',
  'credentials.westwood.edu',
  'credentials.westfield.org',
  'westfield.k12.nj.us',
  'library.westfield.edu',
  'credential.westfield.edu',
  'www.westfield.edu',
  'badges.lakeside.k12.ca.us',
  'badges.riverdale.k12.ca.us',
  'badges.riverview.k12.ca.us',
  'badges.riverside.k12.co.us',
  'badges.riverside.k12.il.us',
  'badges.riverton.k12.ca.us',
  'badges.oceanside.k12.ca.us',
  'badge.riverside.k12.ca.us',
  'metroschools.net',
  'metroschools.edu',
  'citySchools.org',
  'metrocollege.org',
  'petroschool.org',
  'countyschools.org',
  'd211.org',
  'd214.org',
  'ps10.example.org',
  'schools.example.edu',
  'badges.example.com',
  'credly.example.com',
  'bücher.example',
  'школа.example',
  'localhost:3000',
  'edu.example.org',
];

describe('an issuer', () => {
  it.each(alike)('at %s (%s) is a look-alike', (host) => {
    for (const id of [`did:web:${encodeURIComponent(host)}`, `https://${host}/issuers/1`]) {
      expect(recognise(id, null, known).recognition).toBe('look-alike');
    }
  });

  it.each(neighbours)('at %s is merely unknown', (host) => {
    expect(recognise(`did:web:${encodeURIComponent(host)}`, null, known)).toEqual({ recognition: 'unknown' });
  });

  it('is compared with 40 look-alikes and 40 neighbours here', () => {
    expect([new Set(alike.map(([host]) => host)).size, new Set(neighbours).size]).toEqual([40, 40]);
  });

  it.each<[string, string, string]>([
    ['the same host at another port', 'westfield.edu:8443', 'westfield.edu'],
    ['the next number right under a suffix', 'district12.org', 'district13.org'],
    ['a short name one letter away, of which there are many', 'lake.edu', 'lane.edu'],
    ['the same name under a suffix of other length', 'metroschools.com', 'metroschools.co.uk'],
    ['the same name under a suffix that differs twice', 'metroschools.sch.uk', 'metroschools.scb.us'],
  ])('at %s is merely unknown', (_name, host, other) => {
    const ofHost = (one: string) => ({ id: `did:web:${encodeURIComponent(one)}`, name: '' });
    expect(recognise(ofHost(other).id, null, [ofHost(host)])).toEqual({ recognition: 'unknown' });
    expect(recognise(ofHost(host).id, null, [ofHost(other)])).toEqual({ recognition: 'unknown' });
  });

  it('at a short name with a hyphen put in is a look-alike', () => {
    const known = { id: 'did:web:esd.us', name: '' };
    expect(recognise('did:web:e-sd.us', null, [known])).toEqual({ recognition: 'look-alike', issuer: known });
  });

  it('is recognised by its id and by nothing else', () => {
    expect(recognise(westfield.id, 'Any name', known)).toEqual({
      recognition: 'recognised',
      issuer: westfield,
    });
    for (const id of [
      'did:web:credentials.westfield.edu:issuers:other',
      'did:web:credentials.westfield.edu:issuers:district2',
      'https://credentials.westfield.edu/issuers/district',
    ]) {
      expect(recognise(id, westfield.name, known)).toEqual({ recognition: 'unknown' });
    }
  });

  it.each(['Westfield School District', 'westfield  school-district', 'Wеstfield Ѕchool District'])(
    'that calls itself “%s” elsewhere is a look-alike',
    (name) => {
      for (const id of ['did:key:z6MkOther', 'https://elsewhere.example/1', 'did:web:elsewhere.example']) {
        expect(recognise(id, name, known)).toEqual({ recognition: 'look-alike', issuer: westfield });
      }
    },
  );

  it('with another name, no name or no host is unknown', () => {
    for (const name of ['Westfield Library', 'Westfield School District Foundation', null, '', '–'])
      expect(recognise('did:key:z6MkOther', name, known)).toEqual({ recognition: 'unknown' });
    expect(recognise('did:key:z6MkOther', '', [{ id: 'did:key:z6Mk1', name: '' }])).toEqual({
      recognition: 'unknown',
    });
  });
});
