import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { MAX_MESSAGE_BYTES } from '../../src/audience/domain/bounces/mime-part.js';
import { returnPathOf, unsubscribeMailboxOf } from '../../src/audience/domain/bounces/return-path.js';
import { BounceListener } from '../../src/audience/infrastructure/bounces/bounce-listener.js';

const DOMAIN = 'bounce.example.org';
const secret = Buffer.alloc(32, 3);
const sentAt = new Date('2026-11-03T10:00:00Z');
const path = returnPathOf(secret, { broadcastId: randomUUID(), subscriberId: randomUUID() }, DOMAIN, sentAt);
const leaver = unsubscribeMailboxOf('AAAAAAAAAAAAAAAAAAAAAA', DOMAIN);

/** Says the lines one by one and answers the last reply. */
const talk = (port: number, lines: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const left = [...lines];
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('data', (data) => {
      const last = data.toString().trimEnd().split('\r\n').at(-1) ?? '';
      if (/^\d{3}-/.test(last)) return;
      const line = left.shift();
      if (line !== undefined) return void socket.write(`${line}\r\n`);
      socket.destroy();
      resolve(last);
    });
  });

describe('the listener for mail that comes back', () => {
  const taken: { raw: Buffer; envelope: readonly string[] }[] = [];
  let take = async (mail: (typeof taken)[number]): Promise<void> => void taken.push(mail);
  let listener: BounceListener;
  let port: number;

  beforeAll(async () => {
    listener = new BounceListener({
      host: '127.0.0.1',
      port: 0,
      domain: DOMAIN,
      secret,
      now: () => sentAt,
      take: (mail) => take(mail),
    });
    port = await listener.start();
  });
  afterAll(() => listener.stop());
  afterEach(() => {
    taken.length = 0;
    take = async (mail) => void taken.push(mail);
  });

  const send = (to: string | string[], raw: string | Buffer = 'Subject: failure notice\r\n\r\nno\r\n') =>
    createTransport({ host: '127.0.0.1', port, ignoreTLS: true }).sendMail({ envelope: { from: '', to }, raw });

  it('takes reports with an empty sender for return paths and unsubscribe mailboxes', async () => {
    await send([path, leaver]);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.envelope).toEqual([path, leaver]);
    expect(taken[0]?.raw.toString()).toContain('failure notice');
  });

  it.each([
    ['a stranger', 'ana@gmail.example'],
    ['a return path at another domain', path.replace(DOMAIN, 'evil.example')],
    ['a forged return path', path.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'))],
    ['a mailbox of ours that does not exist', `postmaster@${DOMAIN}`],
  ])('relays nothing: refuses %s', async (_, address) => {
    await expect(send(address)).rejects.toMatchObject({ responseCode: 550 });
    expect(taken).toEqual([]);
  });

  it('says which variable is wrong when its port is taken or its certificate is missing', async () => {
    const options = { host: '127.0.0.1', port, domain: DOMAIN, secret, now: () => sentAt, take };
    await expect(new BounceListener(options).start()).rejects.toThrow(/BOUNCE_SMTP_PORT: cannot listen .*EADDRINUSE/);
    const tls = { certFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' };
    await expect(new BounceListener({ ...options, tls }).start()).rejects.toThrow(/BOUNCE_SMTP_TLS_CERT: .*ENOENT/);
  });

  it('leaves a mail with its sender when it cannot be stored', async () => {
    take = async () => {
      throw new Error('The database is away.');
    };
    await expect(send(path)).rejects.toMatchObject({ responseCode: 451 });
  });

  it('keeps the first megabyte of a large report and refuses one beyond reason', async () => {
    await send(path, Buffer.alloc(3 * MAX_MESSAGE_BYTES, 'a\r\n'));
    expect(taken[0]?.raw.length).toBe(MAX_MESSAGE_BYTES);
    await expect(send(path, Buffer.alloc(11 * MAX_MESSAGE_BYTES, 'a\r\n'))).rejects.toMatchObject({
      responseCode: 552,
    });
  });

  it('asks who sends too much to wait, and offers neither login nor more than 20 recipients', async () => {
    const rcpts = Array.from({ length: 21 }, (_, n) => `RCPT TO:<${leaver.replace('AA', String(n + 10))}>`);
    expect(await talk(port, ['EHLO x.example', 'MAIL FROM:<>', ...rcpts])).toMatch(/^452 /);
    expect(await talk(port, ['EHLO x.example', 'AUTH PLAIN AGEAYg=='])).toMatch(/^5\d\d /);
    const eager = Array.from({ length: 1_250 }, () => ['MAIL FROM:<>', 'RSET']).flat();
    expect(await talk(port, ['EHLO x.example', ...eager, 'MAIL FROM:<>'])).toMatch(/^450 /);
  });
});
