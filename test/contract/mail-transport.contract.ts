import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MAIL_TIMEOUTS, MailTransport, type OutgoingMail } from '../../src/infra/mail/mail-transport.js';
import { outcomeOfFailure } from '../../src/infra/mail/mail-outcome.js';
import type { Letter } from '../../src/infra/mail/smtp-link.js';
import { SmtpLinks } from '../../src/infra/mail/smtp-links.js';
import { ProviderObservations } from '../../src/infra/providers/provider-observations.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const RAW = Buffer.from('Subject: Hi\r\n\r\n.A dot begins this line.\r\n');
const mail = (to: string): OutgoingMail => ({
  from: 'Perennial <news@example.org>',
  to,
  subject: 'Grüße',
  text: 'Hi',
  messageId: `<${to}>`,
  headers: { 'List-Id': '<list.example.org>' },
});

describe('MailTransport against a real SMTP server', () => {
  let sink: SmtpSink;
  let transport: MailTransport;
  beforeEach(async () => {
    sink = await startSmtpSink();
    transport = new MailTransport(sink.url);
  });
  afterEach(async () => {
    transport.onApplicationShutdown();
    await sink.stop();
  });
  const copies = (to: string) => sink.mails.filter((got) => got.to === to).length;

  it('hands over a mail with its own Message-ID and headers', async () => {
    expect(await transport.send(mail('a@example.net'))).toMatchObject({ kind: 'accepted', server: expect.any(String) });
    expect(sink.mails[0]?.raw).toMatch(/^Message-ID: <a@example\.net>\r$/m);
    expect(sink.mails[0]?.raw).toMatch(/^List-Id: <list\.example\.org>\r$/im);
  });

  it.each([
    ['rcpt', 550, 'permanent'],
    ['rcpt', 451, 'temporary'],
    ['data', 554, 'permanent'],
    ['data', 452, 'temporary'],
  ] as const)('reads a %s refusal of %d as %s, and the next mail still goes', async (at, code, lasting) => {
    sink.faults.set('a@example.net', { at, code });
    expect(await transport.send(mail('a@example.net'))).toMatchObject({
      kind: 'refused',
      lasting,
      stage: 'message',
      code,
    });
    expect((await transport.send(mail('b@example.net'))).kind).toBe('accepted');
    expect(copies('a@example.net')).toBe(0);
  });

  it('reads a refusal as one at once when the server hangs up with it', async () => {
    sink.faults.set('a@example.net', { at: 'data', code: 554, hangsUp: true });
    expect(await transport.send(mail('a@example.net'))).toMatchObject({ kind: 'refused', lasting: 'permanent' });
    expect((await transport.send(mail('b@example.net'))).kind).toBe('accepted');
  });

  it.each(['drop', 'hang'] as const)('calls a %s after the body unknown and never sends it again', async (how) => {
    const hasty = new MailTransport(sink.url, { ...MAIL_TIMEOUTS, totalMs: 3_000 });
    await hasty.send(mail('warm@example.net'));
    sink.faults.set('a@example.net', { at: 'after-data', how });
    expect((await hasty.send(mail('a@example.net'))).kind).toBe('unknown');
    expect((await hasty.send(mail('b@example.net'))).kind).toBe('accepted');
    expect(copies('a@example.net')).toBe(1);
    hasty.onApplicationShutdown();
  });

  it('sends once over a connection that the server closed meanwhile', async () => {
    await transport.send(mail('warm@example.net'));
    sink.dropConnections();
    expect((await transport.send(mail('a@example.net'))).kind).toBe('accepted');
    expect(copies('a@example.net')).toBe(1);
  });

  it('sends more at once than it keeps connections, and every line as it was', async () => {
    const hosts = ['bücher.example', 'b.example'];
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        transport.sendRaw({ from: 'a@example.org', to: `r${number}@${hosts[number % 2]}`, raw: RAW }),
      ),
    );
    expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(new Set(sink.mails.map(({ to }) => to)).size).toBe(30);
    expect(sink.mails.every(({ raw: got }) => got.includes('\r\n.A dot begins this line.\r\n'))).toBe(true);
  });

  it('gives up on a message that waited too long for a connection, which certainly did not leave', async () => {
    const links = new SmtpLinks({ host: '127.0.0.1', port: Number(new URL(sink.url).port) });
    const letter = (to: string): Letter => ({ from: 'a@example.org', to: [to], raw: RAW, bodyLeft: false });
    const allTaken = new Promise<void>((resolve) => {
      sink.onMail = () => new Promise(() => sink.mails.length === 10 && resolve());
    });
    const stuck = Array.from({ length: 10 }, (_, n) => links.send(letter(`s${n}@example.net`), 60_000));
    await allTaken;
    const late = letter('late@example.net');
    const failure: Error = await links.send(late, 1).then(
      () => new Error('sent'),
      (error: Error) => error,
    );
    expect(outcomeOfFailure(failure, late.bodyLeft)).toMatchObject({ kind: 'refused', lasting: 'temporary' });
    sink.onMail = () => undefined;
    sink.dropConnections();
    expect((await Promise.allSettled(stuck)).map(({ status }) => status)).toEqual(Array(10).fill('rejected'));
    await links.send(letter('next@example.net'), 60_000);
    expect([copies('late@example.net'), copies('next@example.net')]).toEqual([0, 1]);
    links.close();
  });

  it('tells how its server does: who judges a mail is well, who closes or is not there is not', async () => {
    const observations = new ProviderObservations();
    const observed = new MailTransport(sink.url, MAIL_TIMEOUTS, observations);
    sink.faults.set('refused@example.net', { at: 'rcpt', code: 550 });
    sink.faults.set('closing@example.net', { at: 'rcpt', code: 421 });
    for (const to of ['a@example.net', 'refused@example.net', 'closing@example.net', '']) await observed.send(mail(to));
    const { host } = new URL(sink.url);
    expect(observations.take()).toMatchObject([{ provider: 'mail', name: host, good: 2, bad: 1 }]);
    await sink.stop();
    await observed.send(mail('a@example.net'));
    expect(observations.take()).toMatchObject([{ good: 0, bad: 1, detail: expect.any(String) }]);
    observed.onApplicationShutdown();
  });

  it('tells a server that is not there from a refused mail', async () => {
    await sink.stop();
    expect(await transport.send(mail('a@example.net'))).toMatchObject({
      kind: 'refused',
      lasting: 'temporary',
      stage: 'route',
    });
  });

  it('does not try an address twice that is none', async () => {
    expect(await transport.send(mail('nobody'))).toMatchObject({ kind: 'refused' });
    expect(sink.mails).toHaveLength(0);
  });

  it('refuses everything, temporarily, when no server is configured', async () => {
    const off = new MailTransport(undefined);
    expect(off.isConfigured).toBe(false);
    expect(await off.send(mail('a@example.net'))).toMatchObject({ kind: 'refused', lasting: 'temporary' });
  });
});
