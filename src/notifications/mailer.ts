/** One plain-text message to one person. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The way out for e-mail: a folder in development, SMTP otherwise (`adapters/mail`). */
export interface Mailer {
  /** Resolves when the message was handed over. @throws unavailable */
  send(message: Message): Promise<void>;
}
