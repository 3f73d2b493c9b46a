export { bakePng, pngKeyword } from './bake-png.js';
export { bakeSvg, svgNamespace } from './bake-svg.js';
export { assertPrintable, type BadgeArt } from './badge-art.js';
export { badgeImagePng, badgeImageSvg, openGraphPng, type OpenGraphCard } from './badge-image.js';
export type { Certificate } from './certificate.js';
export { certificatePdf } from './certificate-pdf.js';
export { printFindings, type PrintedText } from './print-findings.js';
export { qrPng, qrSvg } from './qr.js';
