import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { createDatabaseUrl } from '../support/postgres.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.js';
import { connectAccount, type ConnectedAccount, uploadClip } from '../support/story.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

/** `connectionTimeoutMillis` of the data source. */
const CONNECTION_WAIT_MS = 10_000;
const CAPTION = 'Bread in an hour';

/** What a viewer without an account, a script or a working TikTok sees. */
describe('the status page of a studio whose TikTok is down', () => {
  let sandbox: TestSandbox;
  let sink: SmtpSink;
  let proxy: TcpProxy;
  let app: TestApp;
  let tiktok: ConnectedAccount;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    [sandbox, sink] = await Promise.all([startSandbox(), startSmtpSink()]);
    const database = await createDatabaseUrl();
    drop = database.drop;
    const url = new URL(database.url);
    proxy = await startTcpProxy(Number(url.port), url.hostname);
    url.port = String(proxy.port);
    const mail = { SMTP_URL: sink.url, MAIL_FROM: 'Studio <news@example.org>' };
    app = await startAppProcess({ ...sandbox.env, ...mail, DATABASE_URL: url.href, TIME_SCALE: '60' });
    tiktok = await connectAccount(app.api, sandbox, 'tiktok');
    const shorts = await connectAccount(app.api, sandbox, 'shorts');
    const route = { scope: 'account', scopeId: tiktok.id, onDown: 'reroute', fallbacks: [shorts.id] };
    await app.api.ok('POST', '/v1/routes', route);
  });
  afterAll(async () => {
    await app.stop();
    await proxy.stop();
    await drop();
    await Promise.all([sandbox.stop(), sink.stop()]);
  });

  const visit = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(app.api.url + path, init);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('does not exist until the studio names it', async () => {
    expect((await visit('/status/studio-nord')).status).toBe(404);
    expect((await visit('/status/../secret.key')).status).toBe(404);
    await app.api.ok('PATCH', '/v1/workspace', { statusSlug: 'studio-nord', brandColor: '#0b7285' });
    const page = await visit('/status/studio-nord?lang=fr');
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Tout sort comme prévu') });
    expect((await visit('/status/somebody-else')).status).toBe(404);
    expect((await visit('/status/somebody-else/status.json')).text).toContain('status_page.not_found');
  });

  it('shows the real link of what went elsewhere, and nothing of our inside', async () => {
    await app.api.ok('POST', '/v1/platforms/tiktok/override', {
      state: 'down',
      reason: 'Power cut',
      forSeconds: 3_600,
    });
    const mediaId = await uploadClip(app.api, 'bread-timer.mp4');
    const post = await app.api.ok<{ id: string }>('POST', '/v1/posts', {
      caption: CAPTION,
      mediaIds: [mediaId],
      scheduledAt: new Date(Date.now() + 500).toISOString(),
      targets: [{ accountId: tiktok.id }],
    });
    const live = await until(async () => {
      const { items } = await app.api.ok<{ items: Record<string, string>[] }>('GET', '/v1/targets?status=published');
      return items[0];
    }, 'the replacement to be live');
    const page = await until(async () => {
      const seen = await visit('/status/studio-nord');
      return seen.text.includes(String(live.permalink)) && seen;
    }, 'the link on the page');
    expect(page.text).toContain('We are live here instead of TikTok');
    expect(page.text).toContain(CAPTION);
    expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe|script-src/);
    expect(page.text).not.toMatch(/<script|style=/);
    const json = await visit('/status/studio-nord/status.json');
    expect(JSON.parse(json.text)).toMatchObject({ isLastCopy: false, liveElsewhere: [{ title: CAPTION }] });
    const inside = [tiktok.id, post.id, live.id, live.accountId, live.occurrenceId, mediaId, 'Power cut', 'prn_live'];
    for (const { text } of [page, json, await visit('/status/studio-nord/feed.xml')])
      expect(inside.filter((secret) => text.includes(String(secret)))).toEqual([]);
    const etag = (await visit('/status/studio-nord')).headers.get('etag') ?? '';
    expect((await visit('/status/studio-nord', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('takes a sign-up without a script; the mailed button makes it one', async () => {
    const form = { name: 'Status page', title: 'Find us', consentText: 'Mail me when a platform is down.' };
    await app.api.ok('POST', '/v1/sign-up-forms', form);
    const page = await until(async () => {
      const seen = await visit('/status/studio-nord');
      return seen.text.includes(form.consentText) && seen;
    }, 'the form on the page');
    const action = /<form method="post" action="(\/join\/[\w-]+)"/.exec(page.text)?.[1] ?? '';
    const sent = await visit(action, { method: 'POST', body: new URLSearchParams({ email: 'ana@example.net' }) });
    expect(sent).toMatchObject({ status: 200, text: expect.stringContaining('Check your mail') });
    const mail = await until(() => sink.mails.find(({ to }) => to === 'ana@example.net'), 'the mail with the button');
    const link = /\/confirm\/[\w-]+/.exec(mail.raw.replaceAll('=\r\n', ''))?.[0] ?? '';
    const statusOf = async () =>
      (await app.api.ok<{ items: { status: string }[] }>('GET', '/v1/subscribers')).items[0]?.status;
    expect(await statusOf()).toBe('pending');
    expect((await visit(link, { method: 'POST' })).status).toBe(200);
    expect(await statusOf()).toBe('confirmed');
  });

  it('goes on from its last copy while the database is away, and says of when it is', async () => {
    const before = await visit('/status/studio-nord');
    expect(before.text).not.toContain('our last copy');
    proxy.cut();
    const away = await until(async () => {
      const seen = await visit('/status/studio-nord');
      return seen.text.includes('our last copy') && seen;
    }, 'the last copy');
    expect(away.status).toBe(200);
    expect(away.text).toContain(CAPTION);
    expect(away.text).toMatch(/As of <time datetime="[^"]+">\d\d:\d\d UTC/);
    expect(away.text).not.toContain('<form');
    expect(JSON.parse((await visit('/status/studio-nord/status.json')).text)).toMatchObject({ isLastCopy: true });
    // Sooner than our own wait for a connection is over, so that nobody waits for the database.
    const impatient = { signal: AbortSignal.timeout(CONNECTION_WAIT_MS) };
    expect((await visit('/status/studio-nord?lang=fr', impatient)).text).toContain('notre dernière copie');
    proxy.mend();
    await until(async () => !(await visit('/status/studio-nord')).text.includes('our last copy'), 'news again');
  });
});
