import { AppError, newId, serviceScope } from '../kernel/index.js';
import { newDidKey, type ProofKeyType } from '../securing/index.js';
import type { InteropIssuer, InteropPorts } from './interop-issuer.js';

/**
 * The interop issuer with a key of this kind; it is made when there is none. Can be called any number of times, by any
 * number of processes. Only the command line and the demo call it.
 */
export async function createInteropIssuer(
  ports: InteropPorts,
  keyType: ProofKeyType,
): Promise<InteropIssuer> {
  const present = await ports.store.issuerByKeyType(keyType);
  if (present !== undefined) return present;
  const key = await newDidKey(ports.custody, keyType, `interop ${keyType}`);
  try {
    return await ports.store.issuers.insert({
      id: newId(ports.randomness, 'iop'),
      district: serviceScope,
      ...key,
      createdAt: ports.clock.now(),
    });
  } catch (error) {
    // Another process was faster: its key is the one.
    await ports.custody.dropKey(key);
    const made = await ports.store.issuerByKeyType(keyType);
    if (made !== undefined && error instanceof AppError && error.code === 'already-exists') return made;
    throw error;
  }
}
