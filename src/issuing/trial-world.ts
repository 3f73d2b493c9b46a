import type { AchievementVersion } from '../achievements/index.js';
import type { Instant } from '../kernel/index.js';
import {
  digestMultibaseSha384,
  goldenContexts,
  secureCredential,
  throwAwaySigner,
} from '../securing/index.js';
import { emptyList, statusListCredential } from '../status/index.js';
import type { Resolver } from '../verification/index.js';
import {
  canonicalSchemaUrl,
  credentialSchemaUrl,
  type ComponentSlot,
  type IssuerProfile,
  type PinnedResource,
} from './compose-credential.js';
import { credentialSchemaOf } from './credential-schema.js';
import { componentMediaType } from './slots-of-award.js';

/** What the trial credentials of a template point at: there is none of it yet, so it is made up and kept here. */
export interface TrialWorld {
  readonly resolver: Resolver;
  readonly statement: PinnedResource;
  readonly components: readonly ComponentSlot[];
}

/** Makes status list, schema, statement and component credentials for trial credentials of this version. */
export async function trialWorld(input: {
  readonly version: AchievementVersion;
  readonly issuer: IssuerProfile;
  readonly now: Instant;
  readonly statementUrl: string;
  /** The ids of the components' credentials. */
  readonly componentIds: readonly string[];
  readonly componentName: string;
}): Promise<TrialWorld> {
  const { version, issuer, now } = input;
  const { signer, controllerDocument } = throwAwaySigner(issuer.id);
  const sign = async (credential: Parameters<typeof secureCredential>[0]['credential']) =>
    secureCredential({ credential, signer, created: now });
  const statementText = JSON.stringify({ type: 'ReviewQualityStatement' });
  const resources = new Map<string, string>([[input.statementUrl, statementText]]);
  const components: ComponentSlot[] = [];
  for (const id of input.componentIds) {
    const text = JSON.stringify(await sign(componentCredential(id, issuer, now)));
    resources.set(id, text);
    components.push({
      id,
      name: input.componentName,
      genre: 'MicroCredential',
      issuedAt: now,
      digestMultibase: digestMultibaseSha384(text),
      mediaType: componentMediaType,
    });
  }
  const lists = new Map<string, string>();
  const give = (url: string, text: string | undefined, mediaType: string) =>
    text === undefined
      ? ({ ok: false, kind: 'absent', reason: `${url} is not part of the trial.` } as const)
      : ({ ok: true, bytes: new TextEncoder().encode(text), mediaType, url } as const);
  return {
    statement: {
      id: input.statementUrl,
      digestMultibase: digestMultibaseSha384(statementText),
      mediaType: 'application/json',
    },
    components,
    resolver: {
      did: async (did) =>
        did === issuer.id
          ? { ok: true, document: controllerDocument }
          : { ok: false, kind: 'absent', reason: `${did} is not part of the trial.` },
      statusList: async (url) => {
        const purpose = url.endsWith('/suspension') ? 'suspension' : 'revocation';
        const list = { ...emptyList(), purpose, url, issuer: issuer.id, validFrom: now } as const;
        const text = lists.get(url) ?? JSON.stringify(await sign(statusListCredential(list)));
        lists.set(url, text);
        return give(url, text, 'application/vc+ld+json');
      },
      schema: async (url) =>
        give(
          url,
          url === credentialSchemaUrl(version) ? JSON.stringify(credentialSchemaOf(version)) : undefined,
          'application/schema+json',
        ),
      resource: async ({ url, mediaType }) => give(url, resources.get(url), mediaType ?? 'application/json'),
      keys: async (url) => give(url, undefined, ''),
      controller: async (url) => ({ ok: false, kind: 'absent', reason: `${url} is not part of the trial.` }),
      standing: async () => ({ ok: false, kind: 'not-asked' }),
    },
  };
}

function componentCredential(id: string, issuer: IssuerProfile, now: Instant) {
  return {
    '@context': [...goldenContexts],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Trial component',
    issuer: { id: issuer.id, type: ['Profile'], name: issuer.name },
    validFrom: now,
    credentialSubject: {
      id: 'urn:uuid:00000000-0000-4000-8000-000000000000',
      type: ['AchievementSubject'],
      achievement: {
        id: `${id}#achievement`,
        type: ['Achievement'],
        name: 'Trial component',
        description: 'Stands for a component.',
        criteria: { narrative: 'None.' },
      },
    },
    credentialSchema: [{ id: canonicalSchemaUrl, type: '1EdTechJsonSchemaValidator2019' }],
  };
}
