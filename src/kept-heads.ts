import { appendFile, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findLostHeads, jwsIn, type AuditStore, type SignedHead } from './audit/index.js';
import { AppError, allOf, found } from './kernel/index.js';
import type { TenancyPorts } from './tenancy/index.js';

/** Where each signed head is kept outside the store: a file for each district, a line for each head. */
export interface KeptHeads {
  readonly keep: (head: Omit<SignedHead, 'version'>) => Promise<void>;
  /** The compact JWSs that are kept of a district, in order. */
  readonly of: (slug: string) => Promise<readonly string[]>;
  /** The slugs of the districts of which some are kept. */
  readonly slugs: () => Promise<readonly string[]>;
}

const ending = '.heads.jsonl';

/** Heads in a folder; it should be backed up apart from the store, or not be restored with it. */
export function keptHeads(folder: string, tenancy: Pick<TenancyPorts, 'store'>): KeptHeads {
  const fileOf = (slug: string) => join(folder, `${slug}${ending}`);
  const textOf = async (slug: string) => {
    try {
      return await readFile(fileOf(slug), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  };
  return {
    async keep({ district, seq, hash, time, jws }) {
      const { slug } = found(await tenancy.store.district(district), 'district');
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const text = await textOf(slug);
        // A line that a crash cut short must not swallow the next.
        const begin = text === '' || text.endsWith('\n') ? '' : '\n';
        await appendFile(
          fileOf(slug),
          `${begin}${JSON.stringify({ district: slug, seq, hash, time, jws })}\n`,
        );
        const handle = await open(fileOf(slug), 'r');
        await handle.sync().finally(() => handle.close());
      } catch (cause) {
        throw new AppError(
          'unavailable',
          `The head of the audit record of ${slug} cannot be kept in ${folder}: ${(cause as Error).message}.`,
          { cause },
        );
      }
    },
    of: async (slug) => (await textOf(slug)).split('\n').flatMap((line) => jwsIn(line)),
    async slugs() {
      try {
        const names = await readdir(folder);
        return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    },
  };
}

/**
 * Holds the newest head that is kept of each district against the store: a store that was restored from a backup, or
 * tampered with, does not bear it out.
 * @throws conflict naming each district, what its record lacks, and the way out: nothing goes on silently
 */
export async function refuseLostHeads(
  kept: KeptHeads,
  { store }: { readonly store: AuditStore },
  tenancy: Pick<TenancyPorts, 'store'>,
): Promise<void> {
  const districts = await allOf((request) => tenancy.store.listDistricts(request));
  const faults: string[] = [];
  for (const slug of await kept.slugs()) {
    // Where the newest is borne out, the chain bears out those before it, or names them as lost.
    const newest = (await kept.of(slug)).slice(-1);
    const district = districts.find((one) => one.slug === slug);
    if (district === undefined) {
      if (newest.length > 0)
        faults.push(
          `the store has no district ${slug}, of which a head is kept: restore a newer backup, or take the file ${slug}${ending} out of the folder`,
        );
      continue;
    }
    const [lost] = (await findLostHeads(store, district, newest)).lost;
    if (lost === undefined) continue;
    const end = (await store.head(district.id))?.seq ?? 0;
    faults.push(
      `the record of ${slug} ${
        end < lost.seq
          ? `ends with entry ${end}, and the head signed at ${lost.time} says that it had ${lost.seq}`
          : `has another entry ${lost.seq} than the head signed at ${lost.time} says`
      }: touchstone audit restored --district ${slug}`,
    );
  }
  if (faults.length === 0) return;
  throw new AppError(
    'conflict',
    `The store is not the one whose audit heads were signed. Was it restored from a backup? Restore a newer one if there is one; else record what was lost with the command named, and start again. If nothing was restored, the record was tampered with: export and verify it first (docs/audit.md).\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
  );
}
