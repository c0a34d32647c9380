import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MAIL_TIMEOUTS, MailTransport, type OutgoingMail } from '../../src/infra/mail/mail-transport.js';
import { ProviderObservations } from '../../src/infra/providers/provider-observations.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

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
    transport = new MailTransport(sink.url, { ...MAIL_TIMEOUTS, totalMs: 1_000 });
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

  it.each(['drop', 'hang'] as const)('calls a %s after the body unknown and never sends it again', async (how) => {
    await transport.send(mail('warm@example.net'));
    sink.faults.set('a@example.net', { at: 'after-data', how });
    expect((await transport.send(mail('a@example.net'))).kind).toBe('unknown');
    expect((await transport.send(mail('b@example.net'))).kind).toBe('accepted');
    expect(copies('a@example.net')).toBe(1);
  });

  it('sends once over a connection that the server closed meanwhile', async () => {
    await transport.send(mail('warm@example.net'));
    sink.dropConnections();
    expect((await transport.send(mail('a@example.net'))).kind).toBe('accepted');
    expect(copies('a@example.net')).toBe(1);
  });

  it('sends more at once than it keeps connections, and every line as it was', async () => {
    const hosts = ['bücher.example', 'b.example'];
    const raw = Buffer.from('Subject: Hi\r\n\r\n.A dot begins this line.\r\n');
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        transport.sendRaw({ from: 'a@example.org', to: `r${number}@${hosts[number % 2]}`, raw }),
      ),
    );
    expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['accepted']));
    expect(new Set(sink.mails.map(({ to }) => to)).size).toBe(30);
    expect(sink.mails.every(({ raw: got }) => got.includes('\r\n.A dot begins this line.\r\n'))).toBe(true);
  });

  it('gives up on a message that waited too long for a connection, which certainly did not leave', async () => {
    sink.onMail = () => new Promise(() => undefined);
    const stuck = Array.from({ length: 11 }, (_, number) => transport.send(mail(`s${number}@example.net`)));
    const kinds = (await Promise.all(stuck)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'unknown')).toHaveLength(10);
    expect(kinds[10]).toBe('refused');
    expect(copies('s10@example.net')).toBe(0);
  });

  it('tells how its server does: who judges a mail is well, who closes or is not there is not', async () => {
    const observations = new ProviderObservations();
    const observed = new MailTransport(sink.url, { ...MAIL_TIMEOUTS, totalMs: 1_000 }, observations);
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
