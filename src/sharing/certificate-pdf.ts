import PDFDocument from 'pdfkit';
import { AppError } from '../kernel/index.js';
import { badgeName, badgePalette, badgeShapes, badgeSide, type BadgeArt } from './badge-art.js';
import {
  certificateWords,
  writtenDate,
  writtenFromRight,
  type Certificate,
  type CertificateWords,
} from './certificate.js';
import { drawFrame, drawResults, ink, quiet, sans, strong, type Results } from './certificate-table.js';
import type { Palette } from './palette.js';
import { pdfPage, type PdfPage } from './pdf-page.js';
import { qrPath } from './qr.js';

type Document = InstanceType<typeof PDFDocument>;
type StructureElement = ReturnType<Document['struct']>;

const points = { perMillimetre: 72 / 25.4 };
const qrSide = 28 * points.perMillimetre;
const margin = 58;
const serif = { family: 'serif', weight: 600 } as const;

/**
 * The certificate as a tagged PDF, landscape: medallion, names, level of every criterion, how it was reviewed, a vector
 * QR code (level Q, 28 mm without its quiet zone) of the credential's URL, and the signed credential attached as
 * `credential.json` (ISO 32000-1, sections 7.11.4 and 14.8). The same input gives the same bytes.
 * @throws AppError `rule-violated` naming a character that no font here has; `invalid-request` for a bad colour, date,
 * time zone, language or URL.
 */
export async function certificatePdf(certificate: Certificate): Promise<Uint8Array> {
  const words = certificateWords(certificate.language);
  const dates = datesOf(certificate);
  const art: BadgeArt = {
    title: certificate.achievementName,
    issuerName: certificate.issuerName,
    ...(certificate.colour === undefined ? {} : { colour: certificate.colour }),
    ...(certificate.seed === undefined ? {} : { seed: certificate.seed }),
  };
  const made = new Date(Date.parse(certificate.awardedDate));
  const doc = new PDFDocument({
    size: certificate.paper === 'a4' ? 'A4' : 'LETTER',
    layout: 'landscape',
    margin: 0,
    font: null as unknown as string,
    pdfVersion: '1.7',
    tagged: true,
    lang: certificate.language,
    displayTitle: true,
    info: {
      Title: `${certificate.achievementName} – ${certificate.issuerName}`,
      Author: certificate.issuerName,
      Subject: certificate.credentialUrl,
      CreationDate: made,
      ModDate: made,
    },
  });
  const bytes = collect(doc);
  try {
    drawCertificate(doc, certificate, words, dates, art);
    doc.file(Buffer.from(certificate.credentialJson, 'utf8'), {
      name: 'credential.json',
      type: 'application/json',
      description: certificate.credentialUrl,
      creationDate: made,
      modifiedDate: made,
      relationship: 'Data',
    } as Parameters<Document['file']>[1]);
  } finally {
    doc.end();
  }
  return bytes;
}

interface Dates {
  readonly awarded: string;
  readonly validUntil: string | undefined;
}

function datesOf({ awardedDate, validUntil, language, timeZone }: Certificate): Dates {
  try {
    return {
      awarded: writtenDate(awardedDate, language, timeZone),
      validUntil: validUntil === undefined ? undefined : writtenDate(validUntil, language, timeZone),
    };
  } catch (cause) {
    throw new AppError(
      'invalid-request',
      'A date of the certificate cannot be written: awardedDate and validUntil must be instants like 2026-11-20T09:00:00Z, language a BCP 47 tag and timeZone an IANA name.',
      { cause },
    );
  }
}

function drawCertificate(
  doc: Document,
  certificate: Certificate,
  words: CertificateWords,
  dates: Dates,
  art: BadgeArt,
): void {
  const page = pdfPage(doc, writtenFromRight(certificate.language));
  const palette = badgePalette(art);
  const root = doc.struct('Document');
  doc.addStructure(root);
  drawFrame(page, palette);

  const asideWidth = 168;
  const x = margin + asideWidth + 40;
  const width = page.width - margin - x;

  if (certificate.image === undefined) {
    page.figure(root, badgeName(art), badgeShapes(art), {
      x: margin,
      y: 62,
      size: asideWidth,
      side: badgeSide,
    });
  } else drawOwnImage(doc, root, certificate.image, badgeName(art), page, asideWidth);

  let y = 62;
  const kind = page.lay('words', words.kind, { ...strong, size: 10.5 }, width);
  y = page.text(root, 'P', kind, { x, y, width, fill: palette.base, letterSpacing: spaced(words) }) + 10;
  const presented = page.lay('words', words.presentedTo, { ...sans, size: 10.5 }, width);
  y = page.text(root, 'P', presented, { x, y, width, fill: quiet }) + 1;
  const name = page.fit(
    'holder name',
    certificate.holderName ?? words.theHolder,
    serif,
    [30, 26, 22, 18, 15],
    width,
    1,
  );
  y = page.text(root, 'P', name, { x, y, width, fill: ink }) + 3;
  const earned = page.lay('words', words.hasEarned, { ...sans, size: 10.5 }, width);
  y = page.text(root, 'P', earned, { x, y, width, fill: quiet }) + 2;
  const title = page.fit(
    'achievement name',
    certificate.achievementName,
    serif,
    [27, 24, 21, 18, 15, 13],
    width,
    2,
  );
  y = page.text(root, 'H1', title, { x, y, width, fill: palette.base, leading: title.size * 1.24 }) + 14;

  drawFacts(page, root, certificate, words, dates, asideWidth);

  const foot = page.height - margin - qrSide;
  const review = page.fit('review sentence', certificate.reviewSentence, sans, [9.5, 9, 8.5, 8], width, 3);
  const reviewHeight = review.lines.length * review.size * 1.4;
  const rest = drawResults(doc, page, root, certificate, words, palette, {
    x,
    y,
    width,
    bottom: foot - reviewHeight - 26,
  });
  const reviewAt = { x, y: foot - reviewHeight - 16, width, fill: quiet, leading: review.size * 1.4 };
  page.text(root, 'P', review, reviewAt);
  drawCheck(doc, page, root, certificate, words, { x, y: foot, width }, palette);
  drawRest(doc, root, certificate, words, palette, rest);
  root.end();
}

function drawOwnImage(
  doc: Document,
  root: StructureElement,
  image: Uint8Array,
  alt: string,
  page: PdfPage,
  size: number,
): void {
  const x = page.left(margin, size);
  root.add(
    doc.struct(
      'Figure',
      { alt, bbox: [x, 62, x + size, 62 + size] } as PDFKit.Mixins.StructureElementOptions,
      () => {
        try {
          doc.image(Buffer.from(image), x, 62, { fit: [size, size], align: 'center', valign: 'center' });
        } catch (cause) {
          throw new AppError(
            'invalid-request',
            'The picture for the certificate must be a sound PNG or JPEG.',
            { cause },
          );
        }
      },
    ),
  );
}

/** The column under the medallion: who, when, how much. */
function drawFacts(
  page: PdfPage,
  root: StructureElement,
  certificate: Certificate,
  words: CertificateWords,
  dates: Dates,
  width: number,
): void {
  const facts: [string, string, string?][] = [
    [words.issuedBy, certificate.issuerName, certificate.issuerDomain],
    [words.awarded, dates.awarded],
  ];
  if (dates.validUntil !== undefined) facts.push([words.validUntil, dates.validUntil]);
  if (certificate.creditHours !== undefined) {
    facts.push([
      words.creditHours,
      new Intl.NumberFormat(certificate.language).format(certificate.creditHours),
    ]);
  }
  let y = 62 + width + 26;
  const x = margin;
  for (const [label, value, more] of facts) {
    const shownLabel = page.lay('words', label, { ...sans, size: 8.5 }, width);
    y = page.text(root, 'P', shownLabel, { x, y, width, fill: quiet });
    const shown = page.fit(label, value, strong, [11, 10, 9, 8], width, 2);
    y = page.text(root, 'P', shown, { x, y, width, fill: ink });
    if (more !== undefined) {
      const below = page.fit(label, more, sans, [9, 8, 7], width, 2);
      y = page.text(root, 'P', below, { x, y, width, fill: quiet });
    }
    y += 9;
  }
}

/** The QR code, the address in letters, and where the signed file is. */
function drawCheck(
  doc: Document,
  page: PdfPage,
  root: StructureElement,
  certificate: Certificate,
  words: CertificateWords,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  { base }: Palette,
): void {
  const { size, d } = qrPath(certificate.credentialUrl);
  page.figure(root, `${words.qr} ${certificate.credentialUrl}`, [{ d, fill: '#000000' }], {
    x,
    y,
    size: qrSide,
    side: size,
  });
  const textX = x + qrSide + 20;
  const textWidth = width - qrSide - 20;
  const check = page.lay('words', words.check, { ...strong, size: 11 }, textWidth);
  let at = page.text(root, 'P', check, { x: textX, y: y + 4, width: textWidth, fill: ink }) + 2;
  const address = page.fit('credential URL', certificate.credentialUrl, sans, [10, 9, 8, 7], textWidth, 1);
  const link = doc.struct('Link');
  root.add(link);
  const from = at;
  at = page.text(link, 'Span', address, { x: textX, y: at, width: textWidth, fill: base }) + 3;
  const linkX = page.left(textX, textWidth);
  doc.link(linkX, from, textWidth, at - from, certificate.credentialUrl, {
    structParent: link,
    Contents: new String(certificate.credentialUrl),
  } as unknown as PDFKit.Mixins.AnnotationOption);
  link.end();
  const attached = page.lay('words', words.attached, { ...sans, size: 8.5 }, textWidth);
  page.text(root, 'P', attached, { x: textX, y: at, width: textWidth, fill: quiet });
}

/** Criteria that one page does not hold go on to the next. */
function drawRest(
  doc: Document,
  root: StructureElement,
  certificate: Certificate,
  words: CertificateWords,
  palette: Palette,
  results: Results,
): void {
  for (let rest = results; rest.length > 0;) {
    doc.addPage();
    const page = pdfPage(doc, writtenFromRight(certificate.language));
    drawFrame(page, palette);
    const width = page.width - 2 * margin;
    const title = page.fit(
      'achievement name',
      `${certificate.achievementName} (${words.continued})`,
      serif,
      [16, 14, 12],
      width,
      2,
    );
    const y = page.text(root, 'P', title, { x: margin, y: 62, width, fill: palette.base }) + 14;
    const area = { x: margin, y, width, bottom: page.height - margin };
    rest = drawResults(doc, page, root, { criteriaResults: rest }, words, palette, area);
  }
}

/** Letters of joined scripts are never spaced out. */
function spaced({ language }: CertificateWords): number {
  return language === 'en' || language === 'es' ? 1.4 : 0;
}

function collect(doc: Document): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  return new Promise((settle, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => settle(Buffer.concat(parts)));
    doc.on('error', reject);
  });
}
