import { AppError, type FieldError } from '../kernel/index.js';
import { assertPrintable } from './badge-art.js';

/** A text that stands in pictures and certificates, and where its author writes it. */
export interface PrintedText {
  readonly pointer: string;
  readonly text: string;
}

/**
 * Texts that no picture or certificate can be made with, for no font here has one of their characters. Never is a box
 * drawn in its place: the JSON and the JWT are issued, and the forms that would show it answer with this.
 */
export function printFindings(texts: readonly PrintedText[]): readonly FieldError[] {
  return texts.flatMap(({ pointer, text }) => {
    try {
      assertPrintable('text', text);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [
        { pointer, detail: `cannot be drawn: ${error.message} Badge pictures and certificates need it.` },
      ];
    }
  });
}
