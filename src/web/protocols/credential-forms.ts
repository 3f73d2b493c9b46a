import type { PublicCredential } from '../../issuing/index.js';
import { unreachable } from '../../kernel/index.js';
import { badgeImagePng, badgeImageSvg, bakePng, bakeSvg, certificatePdf } from '../../sharing/index.js';
import { shownCredential } from '../pages/shown-credential.js';
import type { Reply } from '../route.js';
import { badgeArtOf } from './achievement-documents.js';
import { publicHeaders } from './public-headers.js';

/** The forms in which a credential is served, by the ending of its address. */
export const credentialForms = ['json', 'jwt', 'png', 'svg', 'pdf'] as const;
export type CredentialForm = (typeof credentialForms)[number];

export const formMediaTypes: { readonly [form in CredentialForm]: string } = {
  json: 'application/vc+ld+json',
  jwt: 'application/vc+jwt',
  png: 'image/png',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
};

/** A credential in one form; JSON and JWT are the exact bytes that were issued, the others carry them. */
export async function credentialInForm(
  credential: PublicCredential,
  form: CredentialForm,
  mediaType = formMediaTypes[form],
): Promise<Reply> {
  const body = await bodyOf(credential, form);
  const headers = {
    // A newer edition may take the place of the newest one at any time; an older one stays what it is.
    ...publicHeaders(body, credential.corrected ? 86_400 : 60),
    ...(form === 'pdf'
      ? { 'Content-Disposition': `inline; filename="credential-${credential.award.publicId}.pdf"` }
      : {}),
    Vary: 'Accept',
  };
  return typeof body === 'string'
    ? { status: 200, text: body, mediaType, headers }
    : { status: 200, bytes: body, mediaType, headers };
}

async function bodyOf(credential: PublicCredential, form: CredentialForm): Promise<string | Uint8Array> {
  const { edition, version, district } = credential;
  const art = badgeArtOf(version, district);
  switch (form) {
    case 'json':
      return edition.json;
    case 'jwt':
      return edition.jwt;
    case 'png':
      return bakePng(badgeImagePng(art), edition.json);
    case 'svg':
      return bakeSvg(badgeImageSvg(art), edition.json);
    case 'pdf':
      return certificateOf(credential);
    default:
      return unreachable(form);
  }
}

/** The certificate says what the signed credential says, and of the holder no name. */
function certificateOf(credential: PublicCredential): Promise<Uint8Array> {
  const { version, district, award, edition, links } = credential;
  const shown = shownCredential(credential.credential);
  const art = badgeArtOf(version, district);
  return certificatePdf({
    achievementName: shown.name ?? version.content.name,
    issuerName: district.name,
    issuerDomain: new URL(links.id).host,
    awardedDate: award.awardedDate,
    ...(shown.validUntil === null ? {} : { validUntil: shown.validUntil }),
    criteriaResults: shown.results.map(({ criterion, level, value }) => ({
      criterion,
      level: level ?? value ?? '',
    })),
    creditHours: version.content.creditHours,
    reviewSentence: shown.narrative ?? '',
    credentialUrl: links.id,
    credentialJson: edition.json,
    language: version.content.language,
    timeZone: district.timeZone,
    ...(art.seed === undefined ? {} : { seed: art.seed }),
  });
}
