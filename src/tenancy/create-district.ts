import { withAudit } from '../audit/index.js';
import {
  AppError,
  newId,
  randomText,
  ruleViolated,
  serviceScope,
  type Actor,
  type DistrictId,
} from '../kernel/index.js';
import { checkDistrictFacts, isDistrictSlug, type District } from './district.js';
import type { TenancyPorts } from './store.js';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What is asked for a new district. */
export interface NewDistrict {
  readonly name: string;
  readonly slug: string;
  readonly timeZone?: string;
  readonly language?: string;
  readonly url?: string | null;
  readonly email?: string | null;
}

/**
 * Opens a district with a code of its own.
 * @throws rule-violated naming the field; already-exists when the slug is taken.
 */
export async function createDistrict(ports: TenancyPorts, input: NewDistrict): Promise<District> {
  if (!isDistrictSlug(input.slug)) {
    throw ruleViolated(
      '/slug',
      'must be 2 to 40 lower-case letters, digits and inner hyphens, such as "riverbend"',
    );
  }
  checkDistrictFacts(input);
  const timeZone = input.timeZone ?? 'UTC';
  const id: DistrictId = newId(ports.randomness, 'dst');
  for (let attempt = 0; ; attempt += 1) {
    try {
      const now = ports.clock.now();
      const opened = {
        id,
        district: serviceScope,
        name: input.name.trim(),
        slug: input.slug,
        code: randomText(ports.randomness, base62, 4),
        timeZone,
        language: input.language ?? 'en',
        url: input.url ?? null,
        email: input.email ?? null,
        createdAt: now,
      };
      const actor: Actor = { kind: 'service', district: id };
      const entry = { actor, verb: 'opened', collection: 'districts', facts: {} };
      return await ports.store.districts.insert(withAudit(opened, entry, now));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
      if ((await ports.store.districtBySlug(input.slug)) !== undefined) {
        throw new AppError(
          'already-exists',
          `A district with the slug "${input.slug}" exists; choose another.`,
          {
            errors: [{ pointer: '/slug', detail: 'is taken by another district' }],
          },
        );
      }
      // Else the four-character code was taken: draw another.
      if (attempt > 20) throw error;
    }
  }
}
