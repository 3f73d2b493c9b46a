import type { Instant } from '../kernel/index.js';

/** What a certificate shows and carries. All words of the credential are in `language`. */
export interface Certificate {
  /** Left out, the certificate speaks of "the holder": the signed bytes need not hold a name. */
  readonly holderName?: string;
  readonly achievementName: string;
  readonly issuerName: string;
  readonly issuerDomain: string;
  readonly awardedDate: Instant;
  readonly validUntil?: Instant;
  readonly criteriaResults: readonly { readonly criterion: string; readonly level: string }[];
  /** A multiple of 0.25. */
  readonly creditHours?: number;
  /** The one sentence of the review quality statement. */
  readonly reviewSentence: string;
  /** The credential's id: the QR code's text, printed beside it too. */
  readonly credentialUrl: string;
  /** The signed credential, attached byte for byte as `credential.json`. */
  readonly credentialJson: string;
  /** BCP 47; English, Spanish, Hindi and Arabic have their own words, all others get English ones. */
  readonly language: string;
  /** IANA name in which dates are told; UTC unless given. */
  readonly timeZone?: string;
  /** `letter` unless given. */
  readonly paper?: 'a4' | 'letter';
  /** The achievement's own picture (PNG or JPEG); otherwise the generated medallion is drawn. */
  readonly image?: Uint8Array;
  /** Of the generated medallion, as in `BadgeArt`. */
  readonly colour?: string;
  readonly seed?: string;
}

/** The printed words that are ours and not the credential's. */
export interface CertificateWords {
  readonly language: string;
  readonly kind: string;
  readonly presentedTo: string;
  readonly theHolder: string;
  readonly hasEarned: string;
  readonly issuedBy: string;
  readonly awarded: string;
  readonly validUntil: string;
  readonly creditHours: string;
  readonly criterion: string;
  readonly level: string;
  readonly check: string;
  readonly attached: string;
  readonly qr: string;
  readonly continued: string;
}

const english: CertificateWords = {
  language: 'en',
  kind: 'Microcredential',
  presentedTo: 'Presented to',
  theHolder: 'the holder of this credential',
  hasEarned: 'has earned the microcredential',
  issuedBy: 'Issued by',
  awarded: 'Awarded',
  validUntil: 'Valid until',
  creditHours: 'Credit hours',
  criterion: 'What was shown',
  level: 'Level',
  check: 'Check this credential',
  attached:
    'Scan the code or open the address. The signed credential is attached to this file as credential.json.',
  qr: 'QR code that opens',
  continued: 'continued',
};

const catalogue: Readonly<Record<string, CertificateWords>> = {
  en: english,
  es: {
    language: 'es',
    kind: 'Microcredencial',
    presentedTo: 'Se otorga a',
    theHolder: 'la persona titular de esta credencial',
    hasEarned: 'por haber obtenido la microcredencial',
    issuedBy: 'Emitida por',
    awarded: 'Otorgada el',
    validUntil: 'Válida hasta',
    creditHours: 'Horas de crédito',
    criterion: 'Lo que se demostró',
    level: 'Nivel',
    check: 'Compruebe esta credencial',
    attached:
      'Escanee el código o abra la dirección. La credencial firmada va adjunta a este archivo como credential.json.',
    qr: 'Código QR que abre',
    continued: 'continuación',
  },
  hi: {
    language: 'hi',
    kind: 'माइक्रोक्रेडेंशियल',
    presentedTo: 'प्रदान किया गया',
    theHolder: 'इस प्रमाण-पत्र के धारक',
    hasEarned: 'ने यह माइक्रोक्रेडेंशियल अर्जित किया है',
    issuedBy: 'जारीकर्ता',
    awarded: 'प्रदान करने की तिथि',
    validUntil: 'वैधता की तिथि',
    creditHours: 'क्रेडिट घंटे',
    criterion: 'क्या प्रदर्शित किया गया',
    level: 'स्तर',
    check: 'इस प्रमाण-पत्र की जाँच करें',
    attached: 'कोड स्कैन करें या पता खोलें। हस्ताक्षरित प्रमाण-पत्र इस फ़ाइल में credential.json नाम से संलग्न है।',
    qr: 'क्यूआर कोड जो खोलता है',
    continued: 'जारी',
  },
  ar: {
    language: 'ar',
    kind: 'شهادة مصغّرة',
    presentedTo: 'تُمنح إلى',
    theHolder: 'حامل هذه الشهادة',
    hasEarned: 'لنيل الشهادة المصغّرة',
    issuedBy: 'جهة الإصدار',
    awarded: 'تاريخ المنح',
    validUntil: 'صالحة حتى',
    creditHours: 'ساعات معتمدة',
    criterion: 'ما جرى إثباته',
    level: 'المستوى',
    check: 'تحقّق من هذه الشهادة',
    attached: 'امسح الرمز أو افتح العنوان. الشهادة الموقّعة مرفقة بهذا الملف باسم credential.json.',
    qr: 'رمز استجابة سريعة يفتح',
    continued: 'تابع',
  },
};

/** The words for a language: those of its primary subtag, else English. */
export function certificateWords(language: string): CertificateWords {
  return catalogue[language.toLowerCase().split('-')[0] ?? ''] ?? english;
}

/** True for languages written from right to left: the whole page is then laid out from the right. */
export function writtenFromRight(language: string): boolean {
  return ['ar', 'he', 'iw', 'fa', 'ur', 'ps', 'yi', 'ckb', 'sd', 'ug'].includes(
    language.toLowerCase().split('-')[0] ?? '',
  );
}

/** A date as people write it, with the zone in which it is that date. */
export function writtenDate(instant: Instant, language: string, timeZone = 'UTC'): string {
  const date = Date.parse(instant);
  const zone = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'short' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName');
  const day = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone,
  }).format(date);
  return `${day} (${zone?.value ?? timeZone})`;
}
