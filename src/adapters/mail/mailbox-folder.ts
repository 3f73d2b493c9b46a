import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kernel/index.js';
import type { Mailer } from '../../notifications/index.js';

/** A mailer that writes each message as a text file into a folder: for development and the demo. */
export function mailboxFolder(folder: string, clock: Clock): Mailer {
  let sent = 0;
  return {
    send: async ({ to, subject, text }) => {
      await mkdir(folder, { recursive: true });
      sent += 1;
      const stamp = clock.now().replaceAll(':', '');
      const mark = createHash('sha256').update(`${to}${text}`).digest('hex').slice(0, 8);
      const name = `${stamp}-${String(sent).padStart(4, '0')}-${mark}.txt`;
      await writeFile(join(folder, name), `To: ${to}\nSubject: ${subject}\n\n${text}\n`, { mode: 0o600 });
    },
  };
}
