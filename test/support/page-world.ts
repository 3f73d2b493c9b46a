import type { ContentInput } from '../../src/achievements/index.js';
import { createAchievement } from '../../src/achievements/index.js';
import { createSignInLink } from '../../src/access/index.js';
import { settleDecision, type Award } from '../../src/issuing/index.js';
import { createIssuerKeys, issuerDid } from '../../src/securing/index.js';
import type { Actor } from '../../src/kernel/index.js';
import {
  addMember,
  createDistrict,
  relateMembers,
  type District,
  type Member,
} from '../../src/tenancy/index.js';
import { aDecision, anAchievement, reviewedContent, type Cast } from './issuing-house.js';
import type { TestService } from './service.js';

/** A district with people, a published achievement, a draft and a credential: what every page has something to show of. */
export interface PageWorld {
  readonly district: District;
  readonly admin: Member;
  readonly teacher: Member;
  readonly award: Award;
  readonly slug: string;
}

/** Content that reads like a district's own. */
export function readableContent(): ContentInput {
  const level = (name: string, descriptor: string) => ({ name, descriptor });
  return reviewedContent({
    name: 'Formative feedback',
    description: 'Gives feedback during a lesson that students use, and shows what changed in their work.',
    criteria:
      'The teacher\n\n- plans **two moments of feedback** in one unit of work,\n- gives it while there is still time to use it,\n- shows what three students did with it.\n\nEvery criterion must be *Proficient* or better.',
    tags: ['feedback', 'assessment for learning'],
    assessment: {
      by: 'review',
      rubric: {
        criteria: [
          {
            id: 'planning',
            name: 'Planning for feedback',
            description: 'Whether the plan leaves room for students to act on what they hear.',
            levels: [
              level('Beginning', 'Feedback comes after the work is over.'),
              level('Proficient', 'Two moments are planned, with time to act on each.'),
              level('Exemplary', 'Moments are planned from what the work showed the day before.'),
            ],
            requiredLevel: 'planning-2',
          },
          {
            id: 'feedback',
            name: 'Feedback that moves on',
            description: 'Whether a student can tell what to do next.',
            levels: [
              level('Beginning', 'Praise or a mark alone.'),
              level('Proficient', 'Names one thing to change, and how.'),
              level('Exemplary', 'The student sets the next step from it.'),
            ],
            requiredLevel: 'feedback-2',
          },
        ],
      },
      requirements: [
        {
          id: 'plan',
          kind: 'file',
          name: 'Your unit plan',
          description: 'With the two moments marked.',
          genre: 'Lesson plan',
          mediaTypes: ['application/pdf'],
          min: 1,
          max: 2,
        },
        {
          id: 'reflection',
          kind: 'text',
          name: 'Reflection',
          description: 'What you would do again.',
          genre: 'Reflection',
          min: 200,
          max: 800,
        },
      ],
    },
  });
}

/** Fills a service with it. */
export async function aPageWorld(service: TestService): Promise<PageWorld> {
  const { rooms } = service;
  const district = await createDistrict(rooms.tenancy, {
    name: 'Riverbend Unified School District',
    slug: 'riverbend',
    timeZone: 'America/Chicago',
    language: 'en-US',
    url: 'https://www.riverbend.example',
    email: 'credentials@riverbend.example',
  });
  const actor: Actor = { kind: 'service', district: district.id };
  await createIssuerKeys(rooms.securing, {
    district: district.id,
    did: issuerDid(rooms.service.publicUrl, district.slug),
  });
  const admin = await addMember(rooms.tenancy, actor, {
    email: 'a.reyes@riverbend.example',
    name: 'Alma Reyes',
    roles: ['admin', 'lead'],
  });
  const teacher = await addMember(rooms.tenancy, actor, {
    email: 'r.okafor@riverbend.example',
    name: 'Ruth Okafor',
    school: 'Lincoln Elementary',
    roles: ['teacher'],
  });
  const coach = await addMember(rooms.tenancy, actor, {
    email: 'd.shah@riverbend.example',
    name: 'Devika Shah',
    school: 'Lincoln Elementary',
    roles: ['coach', 'reviewer'],
  });
  await relateMembers(rooms.tenancy, actor, { kind: 'coach', member: coach.id, other: teacher.id });
  const house = { ports: rooms.issuing, achievements: rooms.achievements };
  const cast: Cast = {
    district,
    service: actor,
    admin: { kind: 'member', district: district.id, member: admin.id },
    teacher,
  };
  const version = await anAchievement(house, cast, 'formative-feedback', readableContent());
  await createAchievement(rooms.achievements, actor, {
    slug: 'inclusive-discussion',
    content: { ...readableContent(), name: 'Inclusive discussion', alignments: [] },
  });
  const award = await settleDecision(rooms.issuing, await aDecision(house, cast, version));
  return { district, admin, teacher, award: award!, slug: version.slug };
}

/** The path of a fresh sign-in link for a member. */
export async function signInPath(service: TestService, member: Member): Promise<string> {
  return new URL(await createSignInLink(service.rooms.access, member, { inPerson: true })).pathname;
}
