import { createHash } from 'node:crypto';
import { AppError, plusSeconds, type DistrictId } from '../kernel/index.js';
import type { AccessPorts, IdempotentRequest } from './credentials.js';
import { removeNow } from './remove-ended.js';

/** An answer as it was sent: its repeat is answered with the same bytes. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
  readonly mediaType: string;
  readonly location: string | null;
}

/** How long a request may run before a repeat takes it for dead and runs again. */
const takeOverSeconds = 60;

/** How long an answer is kept for repeats. */
const keptSeconds = 24 * 3600;

/**
 * Begins a request that names an Idempotency-Key: undefined to go on (and `finishIdempotent` after), or the answer
 * of the first request. The contract is Stripe's (docs.stripe.com/api/idempotent_requests).
 * @throws rule-violated when the key was used for another request; conflict while the first is still running.
 */
export async function beginIdempotent(
  ports: AccessPorts,
  district: DistrictId,
  caller: string,
  key: string,
  request: string,
): Promise<KeptAnswer | undefined> {
  const id = requestId(caller, key);
  const requestHash = createHash('sha256').update(request).digest('hex');
  const now = ports.clock.now();
  const fresh = {
    id,
    district,
    requestHash,
    state: 'running' as const,
    startedAt: now,
    status: null,
    body: null,
    mediaType: null,
    location: null,
    effectDue: plusSeconds(now, keptSeconds),
  };
  try {
    await ports.store.idempotentRequests.insert(fresh);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already-exists')) throw error;
  }
  const kept = await ports.store.idempotentRequests.get(district, id);
  if (kept === undefined) return beginIdempotent(ports, district, caller, key, request);
  if (kept.requestHash !== requestHash) {
    throw new AppError(
      'rule-violated',
      'This Idempotency-Key was used for another request; send a new key.',
      {
        errors: [{ pointer: '/Idempotency-Key', detail: 'was used with another method, path or body' }],
      },
    );
  }
  if (kept.state === 'answered') {
    return {
      status: kept.status ?? 200,
      body: kept.body ?? '',
      mediaType: kept.mediaType ?? 'application/json',
      location: kept.location,
    };
  }
  if (plusSeconds(kept.startedAt, takeOverSeconds) > now) {
    throw new AppError(
      'conflict',
      'The first request with this Idempotency-Key is still running; repeat it later.',
    );
  }
  await ports.store.idempotentRequests.replace({ ...fresh, version: kept.version });
  return undefined;
}

/** Keeps the answer for repeats. */
export async function finishIdempotent(
  ports: AccessPorts,
  district: DistrictId,
  caller: string,
  key: string,
  answer: KeptAnswer,
): Promise<void> {
  const kept = await running(ports, district, caller, key);
  if (kept !== undefined)
    await ports.store.idempotentRequests.replace({ ...kept, ...answer, state: 'answered' });
}

/** Forgets the request, so that its repeat runs: after a failure that changed nothing and may pass. */
export async function abandonIdempotent(
  ports: AccessPorts,
  district: DistrictId,
  caller: string,
  key: string,
): Promise<void> {
  const kept = await running(ports, district, caller, key);
  if (kept !== undefined) await removeNow(ports.store.idempotentRequests, kept);
}

async function running(
  ports: AccessPorts,
  district: DistrictId,
  caller: string,
  key: string,
): Promise<IdempotentRequest | undefined> {
  const kept = await ports.store.idempotentRequests.get(district, requestId(caller, key));
  return kept?.state === 'running' ? kept : undefined;
}

function requestId(caller: string, key: string): string {
  return createHash('sha256').update(`${caller} ${key}`).digest('hex');
}
