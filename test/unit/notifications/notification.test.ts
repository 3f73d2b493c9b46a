import { beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/adapters/sqlite/index.js';
import { AppError, settableClock, systemRandomness } from '../../../src/kernel/index.js';
import {
  decisionMessage,
  deliverNotification,
  notificationStore,
  notify,
  type Message,
  type NotificationPorts,
} from '../../../src/notifications/index.js';

const message = {
  id: 'decision:dec_x',
  district: 'dst_a',
  to: 'maya@riverbend.example',
  subject: 'You have earned it',
  text: 'Here it is.',
};

describe('a notification', () => {
  let ports: NotificationPorts;
  let sent: Message[];
  let down: boolean;

  beforeEach(async () => {
    sent = [];
    down = false;
    ports = {
      clock: settableClock('2026-11-20T09:00:00Z'),
      randomness: systemRandomness,
      store: notificationStore(await openSqlite({ file: ':memory:' })),
      mailer: {
        send: async (one) => {
          if (down) throw new AppError('unavailable', 'no mail now');
          sent.push(one);
        },
      },
    };
  });

  const due = () => ports.store.sweep('effectDue', { before: '2026-11-20T09:00:00Z', limit: 10 });

  it('goes out once, however often it is told and delivered', async () => {
    await notify(ports, message);
    await notify(ports, { ...message, text: 'another' });
    const [doc] = await due();
    await deliverNotification(ports, doc!);
    await deliverNotification(ports, doc!);
    await notify(ports, message);
    expect(sent).toEqual([{ to: message.to, subject: message.subject, text: message.text }]);
    expect(await due()).toEqual([]);
  });

  it('stays due while mail is down, and goes out after', async () => {
    await notify(ports, message);
    down = true;
    await expect(deliverNotification(ports, (await due())[0]!)).rejects.toMatchObject({
      code: 'unavailable',
    });
    down = false;
    await deliverNotification(ports, (await due())[0]!);
    expect(sent).toHaveLength(1);
  });

  it('keeps no words and no address after it went out', async () => {
    await notify(ports, message);
    await deliverNotification(ports, (await due())[0]!);
    expect(await ports.store.get('dst_a', message.id)).toMatchObject({
      to: null,
      subject: null,
      text: null,
      sentAt: '2026-11-20T09:00:00Z',
    });
  });
});

describe('the message of a decision', () => {
  const facts = {
    achievement: 'Formative feedback',
    district: 'Riverbend',
    submissionUrl: 'https://h.example/submissions/sub_x',
  };

  it('leads to the credential when met, and to the feedback always', () => {
    const met = decisionMessage({
      ...facts,
      origin: 'first',
      outcome: 'met',
      credentialUrl: 'https://h.example/c/x',
    });
    expect(met.subject).toBe('You have earned "Formative feedback"');
    expect(met.text).toContain('https://h.example/c/x');
    expect(met.text).toContain(facts.submissionUrl);
  });

  it('says "not yet" without a level', () => {
    const notYet = decisionMessage({ ...facts, origin: 'first', outcome: 'not_yet', credentialUrl: null });
    expect(notYet.text).toContain('does not meet every criterion yet');
    expect(notYet.text).toContain(facts.submissionUrl);
  });
});
