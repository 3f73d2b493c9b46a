import type { Command } from 'commander';
import { openStore } from './compose.js';
import { readConfig } from './config.js';
import { allOf, systemClock, systemRandomness } from './kernel/index.js';
import { listIssuerKeys, openIssuerKeys, refuseExampleKeys } from './securing/index.js';
import { moveHost, tenancyStore } from './tenancy/index.js';

/** Adds `move-host`: the service has another address from now on, which is in PUBLIC_URL. */
export function addMoveHostCommand(program: Command): void {
  program
    .command('move-host')
    .description(
      'record that the service has moved to PUBLIC_URL: what is signed from now on names it. Stop every process of the service first; the former address must lead here for good',
    )
    .requiredOption('--from <url>', 'the address that the credentials name until now')
    .action(async ({ from }: { readonly from: string }) => {
      const { config, secrets } = readConfig();
      const store = await openStore(config, secrets);
      try {
        const { listDistricts } = tenancyStore(store);
        const districts = await allOf((page) => listDistricts(page));
        const issuerKeys = openIssuerKeys(store);
        for (const { id } of districts)
          for (const { publicJwk } of await listIssuerKeys({ issuerKeys }, id))
            refuseExampleKeys(publicJwk, config.publicUrl);
        const former = await moveHost({ clock: systemClock, randomness: systemRandomness }, store, {
          from: from.replace(/\/$/, ''),
          to: config.publicUrl,
        });
        process.stdout.write(`${JSON.stringify({ publicUrl: config.publicUrl, former }, null, 2)}\n`);
        process.stderr.write(
          `What was signed until now names ${former.map(({ publicUrl }) => publicUrl).join(', ')}: keep that name, and have it lead to this service with its Host header, or nobody can verify it.\n`,
        );
      } finally {
        await store.close();
      }
    });
}
