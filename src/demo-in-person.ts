import { createApiKey, createSignInLink, type AccessPorts } from './access/index.js';
import type { InPerson } from './demo/index.js';
import { found } from './kernel/index.js';

/** Stands for what the demo's people do in their own mailboxes: the demo has no other way to be each of them. */
export function demoInPerson(access: AccessPorts): InPerson {
  const memberOf = async (district: string, id: string) =>
    found(await access.tenancy.store.member(district, id), 'member');
  return {
    key: async (district, id) => {
      const { id: member, district: own } = await memberOf(district, id);
      const actor = { kind: 'member', district: own, member } as const;
      const { secret } = await createApiKey(access, actor, { member, name: 'demo' }, { inPerson: true });
      return secret;
    },
    link: async (district, id) => createSignInLink(access, await memberOf(district, id), { inPerson: true }),
  };
}
