import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, settings } from '../../src/config.js';
import { packageFile, packageRoot } from '../../src/kernel/index.js';

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
    expect(compose.services['touchstone']?.environment?.['TOUCHSTONE_MONGODB_URL']).toContain(
      'replicaSet=rs0',
    );
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

describe('who can reach the port', () => {
  const away = {
    PUBLIC_URL: 'https://credentials.example.test',
    TOUCHSTONE_KEY_SECRET: 'a secret for tests only, of more than 32 characters',
    TOUCHSTONE_SMTP_URL: 'smtp://127.0.0.1:1',
  };
  it.each<[string, { readonly [name: string]: string }, string]>([
    ['this machine only, on localhost', {}, 'loopback'],
    ['this machine only, at a URL of localhost', { PUBLIC_URL: 'https://localhost:8443' }, 'loopback'],
    ['everybody, elsewhere', away, 'all'],
    ['everybody, in a container on localhost', { TOUCHSTONE_LISTEN: 'all' }, 'all'],
    ['this machine only, behind a proxy on it', { ...away, TOUCHSTONE_LISTEN: 'loopback' }, 'loopback'],
  ])('is %s', (_, environment, listen) => {
    expect(readConfig(environment).config.listen).toBe(listen);
  });
});

describe('Dockerfile', () => {
  const lines = packageFile('Dockerfile').split('\n');

  it('drops root before it starts, and starts the built entry', () => {
    const user = lines.findIndex((line) => line === 'USER node');
    const command = lines.findIndex(
      (line) => line === 'CMD ["node", "--single-threaded-gc", "dist/main.js"]',
    );
    expect(user).toBeGreaterThan(0);
    expect(command).toBeGreaterThan(user);
  });

  it('listens on every interface of the container, with any PUBLIC_URL', () => {
    expect(lines.filter((line) => line.startsWith('ENV TOUCHSTONE_LISTEN'))).toEqual([
      'ENV TOUCHSTONE_LISTEN=all',
    ]);
  });

  it('copies every folder and file that the service reads beside its bundle', () => {
    const last = lines.lastIndexOf(lines.filter((line) => line.startsWith('FROM ')).at(-1)!);
    const copied = lines
      .slice(last)
      .flatMap((line) => /^COPY (?:--from=build )?(?:\/app\/)?(\S+) \.\/\S*$/.exec(line)?.[1] ?? []);
    expect(copied).toContain('dist');
    const read = sources().flatMap(([file, text]) =>
      [...text.matchAll(pathLiteral)].map((match) => ({ file, path: match[1]! })),
    );
    expect(read.length).toBeGreaterThan(6);
    const missing = read.filter(
      ({ path }) => !copied.some((folder) => path === folder || path.startsWith(`${folder}/`)),
    );
    expect(missing).toEqual([]);
  });

  it('installs every package that the service imports', () => {
    const { dependencies } = JSON.parse(packageFile('package.json')) as { dependencies: object };
    const imported = sources().flatMap(([file, text]) =>
      [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)';/gm)]
        .map((match) => match[1]!)
        .filter((name) => !name.startsWith('node:'))
        .map((name) => ({ file, name: name.split('/', name.startsWith('@') ? 2 : 1).join('/') })),
    );
    expect(imported.length).toBeGreaterThan(30);
    expect(imported.filter(({ name }) => !(name in dependencies))).toEqual([]);
  });
});

/** A text in the code that is a path from the package root: it has a slash, or is read as such. */
const pathLiteral =
  /(?:['`]|package(?:File\(|Root, )['`])((?:contexts|docs|keys\.example|schemas|src|test)\/[\w.${}[\]/-]+|(?<=package(?:File\(|Root, )['`])[\w.-]+)['`]/g;

/** Every source of the service with its text; the demo is no part of the image. */
function sources(): readonly (readonly [file: string, text: string])[] {
  return readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/^demo(\.ts$|\/)/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => [file, withoutComments(packageFile(`src/${file}`))] as const);
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
}
