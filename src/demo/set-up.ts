import { district, members } from './content/index.js';
import { people, type Cast, type Person, type Player, type Scene } from './scene.js';

/** The demo district, its people and the other district. */
export interface SetUp {
  readonly district: {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly issuerId: string;
    readonly didDocument: string;
    readonly jwks: string;
  };
  readonly cast: Cast;
  readonly otherDistrict: { readonly id: string; readonly apiKey: string };
  readonly revokedKey: string;
}

/** Opens two districts as the operator; in the first, the admin adds the members, and each makes an API key. */
export async function setUp(scene: Scene): Promise<SetUp> {
  const { client, say, inPerson } = scene;
  const admin = members.find((member) => member.key === 'admin')!;
  const opened = await client.call('openDistrict', {
    as: scene.operatorToken,
    body: {
      district: {
        name: district.name,
        slug: 'riverbend',
        timeZone: district.timeZone,
        language: district.language,
      },
      admin: { email: admin.email, name: admin.name },
    },
  });
  const adminKey = await inPerson.key(opened.body.district.id, opened.body.admin.id);
  say(`${district.name} is open; it issues as ${opened.body.issuerId}`);
  const other = await client.call('openDistrict', {
    as: scene.operatorToken,
    body: {
      district: {
        name: district.otherName,
        slug: 'cedar-valley',
        timeZone: district.timeZone,
        language: district.language,
      },
      admin: { email: 'office@cedar-valley.example', name: 'Imani Brooks' },
    },
  });
  const cast: { [person in Person]?: Player } = {
    admin: { id: opened.body.admin.id, key: adminKey, email: admin.email },
  };
  const schools = new Map<string, string>(district.schools.map((school) => [school.key, school.name]));
  for (const person of people) {
    if (person === 'admin') continue;
    const member = members.find((candidate) => candidate.key === person)!;
    const added = await client.call('addMember', {
      as: adminKey,
      body: {
        email: member.email,
        name: member.name,
        roles: member.roles,
        school: member.school === undefined ? null : schools.get(member.school)!,
      },
    });
    const key = await inPerson.key(opened.body.district.id, added.body.id);
    cast[person] = { id: added.body.id, key, email: member.email };
  }
  const players = cast as Cast;
  await client.call('relateMembers', {
    as: adminKey,
    body: { kind: 'coach', member: players.coach.id, other: players.teacher.id },
  });
  const spare = await client.call('createApiKey', {
    as: adminKey,
    body: { member: players.admin.id, name: 'to be revoked' },
  });
  await client.call('revokeApiKey', { as: adminKey, params: { key: spare.body.key.id } });
  say(`${people.length} members are in, each with a key; a coach's tie to a teacher is on record`);
  const { id, name, slug, didDocument, jwks } = opened.body.district;
  return {
    district: { id, name, slug, didDocument, jwks, issuerId: opened.body.issuerId },
    cast: players,
    otherDistrict: { id: other.body.district.id, apiKey: other.body.apiKey },
    revokedKey: spare.body.secret,
  };
}
