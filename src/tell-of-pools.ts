import { notify, poolMessage } from './notifications/index.js';
import type { TellingPorts } from './tell.js';
import type { PoolAgreement, PoolSeat } from './tenancy/index.js';

type Ports = Pick<TellingPorts, 'notifications' | 'tenancy' | 'publicUrl'>;

/** Keeps the messages to the admins whom an agreement's state is news to: those of the side that did not bring it about. */
export async function tellOfAgreement(ports: Ports, agreement: PoolAgreement): Promise<void> {
  const { store } = ports.tenancy;
  const { id, tenant: host, home, state, endedBy } = agreement;
  const told = state === 'active' || (state === 'ended' && endedBy === 'home') ? host : home;
  const other = await store.district(told === host ? home : host);
  if (other === undefined) return;
  const message = poolMessage({
    about: state === 'active' ? 'accepted' : state,
    district: other.name,
    url: `${ports.publicUrl}/district/review-pools/${id}`,
  });
  for (const admin of await store.membersWithRole(told, 'admin'))
    await notify(ports.notifications, {
      id: `${id}:${state}:${admin.id}`,
      district: told,
      to: admin.email,
      ...message,
    });
}

/** Keeps the message to a reviewer who was given a seat; kept in the home district, so that the host holds no address. */
export async function tellOfSeat(ports: Ports, seat: PoolSeat): Promise<void> {
  if (seat.state !== 'active') return;
  const { store } = ports.tenancy;
  const [sitter, host] = await Promise.all([
    store.member(seat.tenant, seat.member),
    store.district(seat.host),
  ]);
  if (sitter?.state !== 'active' || host === undefined) return;
  const url = `${ports.publicUrl}/seats`;
  await notify(ports.notifications, {
    id: `${seat.id}:${seat.agreement}:given`,
    district: seat.tenant,
    to: sitter.email,
    ...poolMessage({ about: 'seat-given', district: host.name, url }),
  });
}
