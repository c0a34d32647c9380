import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { confirmedPerson } from '../support/audience.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type SmtpSink, startSmtpSink, type SunkMail } from '../support/smtp-sink.js';
import { connectAccount, type ConnectedAccount, uploadClip } from '../support/story.js';

/** An hour of waiting takes ten seconds. */
const TIME_SCALE = 360;
const CAPTION = 'Bread in an hour';

/** Judged by what arrives at the readers' mail server. */
describe('a blackout reaches the list', () => {
  let sandbox: TestSandbox;
  let sink: SmtpSink;
  let app: TestApp;
  let tiktok: ConnectedAccount;

  beforeAll(async () => {
    [sandbox, sink] = await Promise.all([startSandbox(), startSmtpSink()]);
    app = await startAppProcess({
      ...sandbox.env,
      SMTP_URL: sink.url,
      MAIL_FROM: 'Studio <news@example.org>',
      TIME_SCALE: String(TIME_SCALE),
      PROBES_ENABLED: 'true',
      PROBE_INTERVAL_SECONDS: '1',
    });
    tiktok = await connectAccount(app.api, sandbox, 'tiktok');
    const shorts = await connectAccount(app.api, sandbox, 'shorts');
    await app.api.ok('POST', '/v1/routes', {
      scope: 'account',
      scopeId: tiktok.id,
      onDegraded: 'reroute',
      fallbacks: [shorts.id],
      // Five seconds of this clock.
      broadcastAfterSeconds: 1_800,
    });
    const subscribers = ['stays@example.net', 'leaves@example.net'].map((email) => confirmedPerson(email));
    await app.api.ok('POST', '/v1/subscribers/bulk', { subscribers });
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
    await sink.stop();
  });

  const mailsTo = (name: string) => sink.mails.filter(({ to }) => to === `${name}@example.net`);
  const textOf = ({ raw }: SunkMail) => raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const subjectOf = (mail: SunkMail | undefined) => /^Subject: (.*)\r$/m.exec(mail?.raw ?? '')?.[1];
  const linkIn = (mail: SunkMail | undefined, path: string) =>
    new RegExp(`http://127\\.0\\.0\\.1:\\d+/${path}/[\\w-]+`).exec(mail ? textOf(mail) : '')?.[0] ?? '';
  const page = async (url: string) => {
    const answer = await fetch(url);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('with the links of today, at its time; the all-clear goes to those who were told and stayed', async () => {
    const mediaId = await uploadClip(app.api, 'bread-timer.mp4');
    await sandbox.addFault({ platform: 'tiktok', kind: 'error-before', code: 503 });
    for (const offsetMs of [300, 600, 900])
      await app.api.ok('POST', '/v1/posts', {
        caption: offsetMs === 300 ? CAPTION : `${CAPTION} ${offsetMs}`,
        mediaIds: [mediaId],
        scheduledAt: new Date(Date.now() + offsetMs).toISOString(),
        targets: [{ accountId: tiktok.id }],
      });
    const told = await until(() => mailsTo('stays')[0], 'the blackout notice', 60_000);
    await until(() => mailsTo('leaves')[0], 'the same for the other');
    expect(subjectOf(told)).toBe("TikTok is down; today's video is here");
    const live = (await sandbox.posts('shorts')).map(({ platformPostId }) => platformPostId);
    const linked = [...textOf(told).matchAll(/YouTube Shorts: \S+\/(?:shorts\/)?([\w-]+)\s/g)].map(([, id]) => id);
    expect(linked.length).toBeGreaterThan(0);
    expect(live).toEqual(expect.arrayContaining(linked));

    const now = await page(linkIn(told, 'now'));
    expect(now.status).toBe(200);
    expect(now.text).toContain('TikTok has trouble');
    expect(now.text).toContain(CAPTION);
    expect(now.headers.get('cache-control')).toContain('public');
    expect(now.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(now.headers.get('set-cookie')).toBeNull();

    const leave = linkIn(mailsTo('leaves')[0], 'unsubscribe');
    expect((await fetch(leave, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200);

    await sandbox.clearFaults();
    const allClear = await until(() => mailsTo('stays')[1], 'the all-clear', 60_000);
    expect(subjectOf(allClear)).toBe('TikTok is back');
    const { items } = await until(async () => {
      const list = await app.api.ok<{ items: { kind: string; status: string }[] }>('GET', '/v1/broadcasts');
      return list.items.every(({ status }) => status === 'sent') && list;
    }, 'both to end');
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(['all_clear', 'blackout']);
    expect(mailsTo('stays')).toHaveLength(2);
    expect(mailsTo('leaves')).toHaveLength(1);

    const after = await until(async () => {
      const fresh = await page(linkIn(told, 'now'));
      return !fresh.text.includes('has trouble') && fresh;
    }, 'the page to say that all is well');
    const archived = await page(/href="([^"]+\/notices\/[\w-]+)">TikTok is down/.exec(after.text)?.[1] ?? '');
    expect(archived.status).toBe(200);
    expect(archived.text).toContain('TikTok has trouble, so you may not see us there.');
    expect(archived.text).not.toContain('/unsubscribe/');
  });
});
