import type { AchievementVersion } from '../../achievements/index.js';
import { achievementOf, credentialSchemaOf } from '../../issuing/index.js';
import { AppError, found } from '../../kernel/index.js';
import { goldenContexts } from '../../securing/index.js';
import { badgeImagePng, badgeImageSvg, type BadgeArt } from '../../sharing/index.js';
import type { District } from '../../tenancy/index.js';
import { publicAchievementPage } from '../pages/achievement-public.js';
import { componentsOf } from '../pages/components-of.js';
import type { Reply, Route, RouteRequest } from '../route.js';
import type { Rooms } from '../rooms.js';
import { publicHeaders } from './public-headers.js';

const common = { kind: 'protocol', tag: 'credentials', method: 'GET', access: 'public' } as const;

/** How a published version is pictured: the same in every form. */
export function badgeArtOf(version: AchievementVersion, district: Pick<District, 'name' | 'slug'>): BadgeArt {
  return { title: version.content.name, issuerName: district.name, seed: `${district.slug}/${version.slug}` };
}

/** A published achievement version at its own address, with its credential schema and picture. */
export function achievementDocumentRoutes({
  tenancy,
  achievements,
}: Pick<Rooms, 'tenancy' | 'achievements'>): readonly Route[] {
  const shown = async (request: RouteRequest) => {
    const { district: slug, slug: name, n } = request.params;
    const district = found(await tenancy.store.districtBySlug(slug!), 'achievement');
    const number = /^[1-9]\d{0,5}$/.test(n!) ? Number(n) : 0;
    const version = await achievements.store.versionByNumber(district.id, name!, number);
    // A draft is nobody's but its authors'.
    return { district, version: found(version?.state === 'draft' ? undefined : version, 'achievement') };
  };
  const path = '/d/{district}/achievements/{slug}/v{n}';
  return [
    {
      ...common,
      operationId: 'getAchievementDocument',
      path,
      summary:
        'A published achievement version: Open Badges Achievement, or its page where Accept asks for HTML',
      responses: {
        200: {
          description: 'JSON-LD; application/ld+json where Accept asks for it.',
          schema: { type: 'object' },
        },
      },
      handler: async (request) => {
        const { version, district } = await shown(request);
        // JSON first: a program that accepts anything gets the document.
        const mediaType = request.accepts('application/json', 'application/ld+json', 'text/html');
        if (mediaType === undefined) {
          const detail = 'application/json, application/ld+json, text/html';
          throw new AppError('not-acceptable', `This is offered as one of ${detail}.`);
        }
        if (mediaType === 'text/html') {
          const components = await componentsOf(achievements.store, version);
          const html = publicAchievementPage({ version, district, components });
          return { status: 200, html, headers: { ...publicHeaders(html, 300), Vary: 'Accept' } };
        }
        const document = { '@context': [...goldenContexts], ...achievementOf(version) };
        const reply = textReply(JSON.stringify(document), mediaType, 300);
        return { ...reply, headers: { ...reply.headers, Vary: 'Accept' } };
      },
    },
    {
      ...common,
      operationId: 'getCredentialSchema',
      path: `${path}/credential-schema.json`,
      summary: "The JSON Schema of the version's credentials",
      responses: {
        200: {
          description: 'JSON Schema, draft 2019-09.',
          mediaType: 'application/schema+json',
          schema: { type: 'object' },
        },
      },
      handler: async (request) => {
        const { version } = await shown(request);
        return textReply(JSON.stringify(credentialSchemaOf(version)), 'application/schema+json', 'for-ever');
      },
    },
    {
      ...common,
      operationId: 'getAchievementImagePng',
      path: `${path}/image.png`,
      summary: 'The badge as PNG',
      responses: { 200: { description: 'The picture.', mediaType: 'image/png' } },
      handler: async (request) => {
        const { version, district } = await shown(request);
        const bytes = badgeImagePng(badgeArtOf(version, district));
        return { status: 200, bytes, mediaType: 'image/png', headers: publicHeaders(bytes, 86_400) };
      },
    },
    {
      ...common,
      operationId: 'getAchievementImageSvg',
      path: `${path}/image.svg`,
      summary: 'The badge as SVG',
      responses: { 200: { description: 'The picture.', mediaType: 'image/svg+xml' } },
      handler: async (request) => {
        const { version, district } = await shown(request);
        return textReply(badgeImageSvg(badgeArtOf(version, district)), 'image/svg+xml', 86_400);
      },
    },
  ];
}

function textReply(text: string, mediaType: string, age: number | 'for-ever'): Reply {
  return { status: 200, text, mediaType, headers: publicHeaders(text, age) };
}
