import { expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { recordedNames } from '../../../src/audit/index.js';
import type { Store } from '../../../src/kernel/index.js';
import { aService } from '../../support/service.js';

/** Collections without a row in `recordedCollections`, and why none is needed (docs/audit.md, "What it proves, and what not"). */
const unrecorded: Readonly<Record<string, string>> = {
  achievements: 'only joins versions, which are recorded with its id and slug',
  auditChain: 'the record itself',
  audit_heads: 'signed over the record',
  audit_ledgers: 'the record’s bookkeeping',
  drift_points: 'follow from observations; the alarms that count are in drift signals',
  editions: 'pinned by digest in the entry of their award',
  exemplar_servings: 'follow from attempts, practice ratings and assignments',
  holdings: 'follow from awards',
  idempotent_requests: 'nobody’s act: answers kept for repeats',
  interop_issuers: 'of no district: for interoperability tests',
  interop_statuses: 'of no district: for interoperability tests',
  key_secret_check: 'the service’s own, of no district',
  member_addresses: 'words of people; the member is recorded',
  notifications: 'nobody’s act: mail',
  observations: 'follow from ratings, keys and decisions',
  quality_statements: 'addressed and pinned by their digest',
  rating_drafts: 'nobody’s act yet',
  reviewer_figures: 'follow from the record',
  seed_plans: 'follow from the policy and ratings; the assignment is recorded',
  seed_reports: 'follow from observations',
  service_address: 'the service’s own, of no district',
  sessions: 'nobody’s act on anything of record',
  sign_in_links: 'nobody’s act on anything of record',
  sign_in_requests: 'nobody’s act on anything of record',
  status_lists: 'bits follow from awards and endorsements, whose entries name list and index',
};

it('every collection that the service opens is recorded, or says here why not', async () => {
  const store = await openSqlite({ file: ':memory:' });
  const opened = new Set<string>();
  const spy: Store = {
    ...store,
    collection: (spec) => {
      opened.add(spec.name);
      return store.collection(spec);
    },
  };
  const service = await aService({ store: spy });
  await service.close();
  const others = [...opened].filter((name) => !(recordedNames as readonly string[]).includes(name));
  expect(others.sort()).toEqual(Object.keys(unrecorded).sort());
  expect(recordedNames.filter((name) => !opened.has(name))).toEqual([]);
});
