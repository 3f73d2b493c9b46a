import { createTransport } from 'nodemailer';
import { AppError } from '../../kernel/index.js';
import type { Mailer } from '../../notifications/index.js';

/** A mailer over SMTP; `url` is `smtp://user:password@host:port` or `smtps://…`, `from` the sender's address. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url, { from });
  return {
    send: async (message) => {
      try {
        await transport.sendMail(message);
      } catch (cause) {
        throw new AppError('unavailable', 'The message could not be sent now; try again later.', { cause });
      }
    },
  };
}
