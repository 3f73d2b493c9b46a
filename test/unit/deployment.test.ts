import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { settings } from '../../src/config.js';
import { packageFile } from '../../src/kernel/index.js';

interface Compose {
  readonly services: {
    readonly [name: string]: {
      readonly command?: string[];
      readonly environment?: { readonly [name: string]: string };
      readonly depends_on?: { readonly [name: string]: { readonly condition: string } };
      readonly volumes?: string[];
    };
  };
  readonly volumes: object;
}

describe('docker-compose.yml', () => {
  const compose = parse(packageFile('docker-compose.yml')) as Compose;

  it('runs the service on a MongoDB replica set, after it is healthy', () => {
    expect(compose.services['mongo']?.command).toContain('--replSet');
    expect(compose.services['touchstone']?.depends_on?.['mongo']?.condition).toBe('service_healthy');
    expect(compose.services['touchstone']?.environment?.['TOUCHSTONE_MONGODB_URL']).toContain('replicaSet=rs0');
  });

  it('sets only variables that the service knows', () => {
    const known = settings.map((setting) => setting.name);
    const used = Object.keys(compose.services['touchstone']?.environment ?? {});
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('declares every volume that it mounts', () => {
    const mounted = Object.values(compose.services).flatMap((service) => service.volumes ?? []);
    const names = mounted.map((volume) => volume.split(':')[0]);
    expect(names.sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('Dockerfile', () => {
  const lines = packageFile('Dockerfile').split('\n');

  it('drops root before it starts, and starts the built entry', () => {
    const user = lines.findIndex((line) => line === 'USER node');
    const command = lines.findIndex((line) => line === 'CMD ["node", "dist/main.js"]');
    expect(user).toBeGreaterThan(0);
    expect(command).toBeGreaterThan(user);
  });
});
