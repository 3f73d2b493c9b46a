import { allOf, found, type Actor, type Page, type PageRequest } from '../../kernel/index.js';
import type { IssuingPorts } from '../store.js';
import {
  compromisedAwardStates,
  type CompromisedAward,
  type CompromisedAwardState,
  type KeyCompromise,
} from './key-compromise.js';

/** A compromise and how many awards stand where. */
export interface CompromiseProgress {
  readonly compromise: KeyCompromise;
  readonly awards: Readonly<Record<CompromisedAwardState, number>>;
}

/** Every compromise of the district's keys, oldest first. */
export async function listKeyCompromises(
  ports: IssuingPorts,
  actor: Actor,
): Promise<readonly CompromiseProgress[]> {
  const all = await allOf((request) => ports.store.compromises.page(actor.district, 'all', [], request));
  return Promise.all(all.map((compromise) => progressOfCompromise(ports, compromise)));
}

/** One of them by its id. @throws not-found */
export async function getKeyCompromise(
  ports: IssuingPorts,
  actor: Actor,
  id: string,
): Promise<CompromiseProgress> {
  const compromise = await ports.store.compromises.get(actor.district, id);
  return progressOfCompromise(ports, found(compromise, 'key compromise'));
}

/** A page of the awards that the key had signed, in the order in which they were recorded; of one state when given. */
export async function listCompromisedAwards(
  ports: IssuingPorts,
  actor: Actor,
  id: string,
  request: PageRequest & { readonly state?: CompromisedAwardState },
): Promise<Page<CompromisedAward>> {
  const { state, ...paging } = request;
  const compromise = found(await ports.store.compromises.get(actor.district, id), 'key compromise');
  return state === undefined
    ? ports.store.compromisedAwards.page(actor.district, 'all', [compromise.id], paging)
    : ports.store.compromisedAwards.page(actor.district, 'state', [compromise.id, state], paging);
}

async function progressOfCompromise(
  ports: IssuingPorts,
  compromise: KeyCompromise,
): Promise<CompromiseProgress> {
  const counts = await Promise.all(
    compromisedAwardStates.map(
      async (state) =>
        [
          state,
          await ports.store.compromisedAwards.count(compromise.district, 'state', [compromise.id, state]),
        ] as const,
    ),
  );
  return { compromise, awards: Object.fromEntries(counts) as CompromiseProgress['awards'] };
}
