import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MAIL_TIMEOUTS, MailTransport } from '../../src/infra/mail/mail-transport.js';
import { newId } from '../../src/kernel/ids.js';
import { type Destination, readDestination } from '../../src/incidents/domain/notifications/destination.js';
import type { Sending } from '../../src/incidents/domain/notifications/ledger.port.js';
import { messageOf } from '../../src/incidents/domain/notifications/message.js';
import type { SendResult } from '../../src/incidents/domain/notifications/send.policy.js';
import { Messengers } from '../../src/incidents/infrastructure/notifications/messengers.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import type { WebhookMessages } from '../../src/workspaces/index.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';

const message = messageOf(
  'TikTok (us) is down',
  ['@everyone [click](https://evil.example) Größe.', 'You:'],
  'https://perennial.example/incidents/1',
);

type Kind = Destination['kind'];

describe('messages to people', () => {
  let sandbox: TestSandbox;
  let sink: SmtpSink;
  let messengers: Messengers;

  beforeAll(async () => {
    [sandbox, sink] = await Promise.all([startSandbox(), startSmtpSink()]);
    messengers = new Messengers({
      transport: new MailTransport(sink.url, { ...MAIL_TIMEOUTS, totalMs: 1_000 }),
      sender: { from: 'Perennial <ops@perennial.example>', domain: 'perennial.example' },
      http: new PlatformHttp({ metadataTimeoutMs: 1_000 }),
      webhooks: undefined as unknown as WebhookMessages,
      discordApiUrl: sandbox.env['DISCORD_API_URL'] ?? '',
      telegramApiUrl: sandbox.env['TELEGRAM_API_URL'] ?? '',
      publicUrl: () => 'https://perennial.example',
    });
  });
  afterAll(async () => {
    await messengers.onApplicationShutdown();
    await Promise.all([sandbox.stop(), sink.stop()]);
  });
  afterEach(async () => {
    await sandbox.clearFaults();
    await sandbox.control('POST', 'settings', { discordRateLimits: false, telegramMigrated: false });
    sink.faults.clear();
    sink.mails.length = 0;
  });

  const sendingTo = (destination: Destination): Sending => ({
    id: newId(),
    channelId: newId(),
    workspaceId: newId(),
    kind: destination.kind,
    channelName: 'Night shift',
    family: 'incident',
    severity: 'critical',
    message,
    count: 1,
    tries: 1,
    unknowns: 0,
    intentAt: new Date(),
    lastAt: new Date(),
    webhookId: null,
    destination,
  });
  /** A fresh channel of this kind, as a person would give it. */
  const place = async (kind: Kind): Promise<{ destination: Destination; externalId: string; secret: string }> => {
    const discordUrl = sandbox.env['DISCORD_API_URL'] ?? '';
    if (kind === 'email') {
      const email = `${newId()}@example.net`;
      return {
        destination: readDestination(kind, { email }, discordUrl) as Destination,
        externalId: email,
        secret: '#',
      };
    }
    const account = await sandbox.control<{ externalId: string; credentials: Record<string, string> }>(
      'POST',
      'accounts',
      { platform: kind, ...(kind === 'discord' ? { flavour: 'webhook' } : {}) },
    );
    const { webhookUrl, botToken, chatId } = account.credentials;
    const fields = kind === 'discord' ? { webhookUrl } : { botToken, chatId };
    const destination = readDestination(kind, fields, discordUrl) as Destination;
    return { destination, externalId: account.externalId, secret: webhookUrl?.split('/').at(-1) ?? botToken ?? '#' };
  };
  const send = (destination: Destination) => messengers.send(sendingTo(destination), message);
  const arrived = async (kind: Kind, externalId: string): Promise<string[]> =>
    kind === 'email'
      ? sink.mails.filter(({ to }) => to === externalId).map(({ raw }) => raw)
      : (await sandbox.posts(kind))
          .filter((post) => post.accountExternalId === externalId)
          .map(({ caption }) => caption);
  const refusedOnce = async (kind: Kind, account: string, fault: Readonly<Record<string, unknown>>) => {
    await sandbox.addFault({ platform: kind, step: kind === 'discord' ? 'post' : 'send', account, times: 1, ...fault });
  };

  it.each(['discord', 'telegram', 'email'] as const)('arrive by %s with subject, words and link', async (kind) => {
    const { destination, externalId } = await place(kind);
    expect(await send(destination)).toMatchObject({ kind: 'delivered', detail: expect.stringMatching(/took it/) });
    const [text = '', ...more] = await arrived(kind, externalId);
    expect(more).toEqual([]);
    expect(text).toContain('TikTok (us) is down');
    expect(text).toContain('https://perennial.example/incidents/1');
    expect(kind === 'discord' && text.includes('](')).toBe(false);
  });

  it.each(['discord', 'telegram', 'email'] as const)(
    'are unknown where the answer of %s is lost, and name no secret',
    async (kind) => {
      const { destination, externalId, secret } = await place(kind);
      if (kind === 'email') sink.faults.set(externalId, { at: 'after-data', how: 'drop' });
      else await refusedOnce(kind, externalId, { kind: 'drop-after' });
      const result = await send(destination);
      expect(result.kind).toBe('unknown');
      expect(await arrived(kind, externalId)).toHaveLength(1);
      expect(JSON.stringify(result)).not.toContain(secret);
    },
  );

  it.each(['discord', 'telegram'] as const)('wait as long as %s asks', async (kind) => {
    const { destination, externalId } = await place(kind);
    await refusedOnce(kind, externalId, { kind: 'rate' });
    const result = (await send(destination)) as Extract<SendResult, { kind: 'not_sent' }>;
    expect(result).toMatchObject({ kind: 'not_sent', lasting: 'temporary', retryAfterMs: expect.any(Number) });
    expect(await arrived(kind, externalId)).toEqual([]);
  });

  it.each(['discord', 'telegram'] as const)('say that %s knows the address no more', async (kind) => {
    const { destination, secret } = await place(kind);
    const dead: Destination =
      destination.kind === 'discord'
        ? { ...destination, token: 'x'.repeat(68) }
        : { ...destination, kind: 'telegram', botToken: `999999:${'x'.repeat(35)}`, chatId: '1' };
    const result = await send(dead);
    expect(result).toMatchObject({ kind: 'not_sent', lasting: 'permanent', isGone: true });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it('name the new chat of a Telegram group that moved', async () => {
    const { destination } = await place('telegram');
    await sandbox.control('POST', 'settings', { telegramMigrated: true });
    expect(await send(destination)).toMatchObject({
      kind: 'not_sent',
      lasting: 'permanent',
      isGone: false,
      detail: expect.stringMatching(/new chat id.*-\d+/),
    });
  });

  it.each([
    [550, 'permanent'],
    [451, 'temporary'],
  ] as const)('take a mail server’s %d for %s', async (code, lasting) => {
    const { destination, externalId } = await place('email');
    sink.faults.set(externalId, { at: 'rcpt', code });
    expect(await send(destination)).toMatchObject({ kind: 'not_sent', lasting, code: String(code) });
  });

  it('keep one Message-ID for every try, say whose channel they are for, and that nobody wrote them', async () => {
    const { destination, externalId } = await place('email');
    const sending = sendingTo(destination);
    await messengers.send(sending, message);
    await messengers.send({ ...sending, tries: 2 }, message);
    const mails = await arrived('email', externalId);
    const ids = mails.map((raw) => /^Message-ID:\s+(\S+)\r$/m.exec(raw)?.[1]);
    expect(new Set(ids)).toEqual(new Set([`<notification.${sending.id}@perennial.example>`]));
    expect(mails[0]).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mails[0]).toContain('/v1/notification-channels');
  });
});
