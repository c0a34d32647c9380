import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { readTarget, type TargetView, uploadClip } from '../support/story.js';

const CLIP = 'tea-in-a-minute.mp4';
const PERSON = 'mara@example.com';

interface HandOffView {
  readonly id: string;
  readonly targetId: string;
  readonly state: string;
  readonly targetStatus: string;
  readonly url?: string;
  readonly link?: string;
  readonly linkHint?: string;
}

describe('posts that a person posts by hand', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let mediaId: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess(sandbox.env);
    mediaId = await uploadClip(app.api, CLIP);
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const connect = (platform: string, profileUrl: string) =>
    app.api.ok<{ id: string }>('POST', '/v1/accounts', {
      platform,
      credentials: { mode: 'handoff', notifyEmail: PERSON, profileUrl },
    });

  /** Publishes now on one hand-off account and waits for the mail; answers the page it leads to. */
  const handedOver = async (platform: string, caption: string) => {
    const account = await connect(platform, `https://example.com/${platform}/${encodeURIComponent(caption)}`);
    const post = await app.api.ok<{ targets: TargetView[] }>('POST', '/v1/posts', {
      caption,
      mediaIds: [mediaId],
      publishNow: true,
      targets: [{ accountId: account.id }],
    });
    const targetId = post.targets[0]?.id ?? '';
    const handOff = await until(async () => {
      const { items } = await app.api.ok<{ items: HandOffView[] }>('GET', `/v1/handoffs?targetId=${targetId}`);
      return items[0]?.state === 'notified' && items[0];
    }, 'the hand-off to be told');
    return { targetId, handOff, page: handOff.url ?? '' };
  };
  const mailsAbout = async (caption: string) => {
    const mails = await sandbox.control<{ to: string[]; subject: string; text?: string }[]>('GET', 'mails');
    return mails.filter((mail) => mail.subject.includes(caption));
  };
  const press = (page: string, what: string, fields: Record<string, string> = {}) =>
    fetch(`${page}/${what}`, { method: 'POST', body: new URLSearchParams(fields) });

  it('are told by one mail, looked at without being confirmed, and published by the person’s word', async () => {
    const { targetId, page, handOff } = await handedOver('upscrolled', 'Soup <b>& tea</b>');
    const [mail, ...more] = await mailsAbout('Soup');
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: [PERSON], text: expect.stringContaining(page) });
    const looked = await fetch(page);
    const html = await looked.text();
    expect(looked.headers.get('cache-control')).toBe('no-store');
    expect(html).toContain('Soup &lt;b&gt;&amp; tea&lt;/b&gt;');
    expect(html).not.toContain('<b>& tea');
    expect(html).not.toMatch(/<script>|onclick=/);
    expect(await app.api.ok('GET', `/v1/handoffs/${handOff.id}`)).toMatchObject({
      state: 'opened',
      targetStatus: 'publishing',
    });
    const answer = await press(page, 'confirm', { link: 'https://example.com/elsewhere' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('usually look like https://share.upscrolled.com');
    expect(await readTarget(app.api, targetId)).toMatchObject({
      status: 'published',
      permalink: 'https://example.com/elsewhere',
      late: false,
    });
    expect((await press(page, 'confirm')).status).toBe(200);
    expect((await press(page, 'skip')).status).toBe(409);
  });

  it('hand out the very video, in ranges too, and the script that shares it', async () => {
    const { page } = await handedOver('upscrolled', 'The video');
    const clip = readFileSync(`seeds/clips/${CLIP}`);
    const whole = await fetch(`${page}/media`);
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await whole.arrayBuffer()).equals(clip)).toBe(true);
    const part = await fetch(`${page}/media`, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(clip.subarray(10, 20))).toBe(true);
    const script = await fetch(new URL('assets/page.js', page));
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect((await fetch(page)).headers.get('content-security-policy')).toContain("script-src 'self'");
    await press(page, 'skip');
  });

  it('are cancelled when skipped, by page or by API', async () => {
    const byPage = await handedOver('upscrolled', 'Not this one');
    expect(await (await press(byPage.page, 'skip')).text()).toContain('Skipped');
    expect((await readTarget(app.api, byPage.targetId)).status).toBe('cancelled');
    const byApi = await handedOver('upscrolled', 'Nor this one');
    await app.api.ok('POST', `/v1/handoffs/${byApi.handOff.id}/skip`);
    expect((await readTarget(app.api, byApi.targetId)).status).toBe('cancelled');
  });

  it('need a decision when nobody answers; the page and the API still take the late truth', async () => {
    const { targetId, handOff, page } = await handedOver('upscrolled', 'Nobody answers');
    const database = new pg.Client({ connectionString: app.databaseUrl });
    await database.connect();
    await database.query(`update handoff set expires_at = now() where id = $1`, [handOff.id]);
    await database.end();
    await until(async () => (await readTarget(app.api, targetId)).status === 'needs_decision', 'the decision');
    expect(await (await fetch(page)).text()).toContain('Was it posted?');
    const confirmed = await app.api.ok('POST', `/v1/handoffs/${handOff.id}/confirm`, {
      link: 'https://example.com/v/9',
    });
    expect(confirmed).toMatchObject({ state: 'confirmed', targetStatus: 'published' });
    expect(await readTarget(app.api, targetId)).toMatchObject({ status: 'published', late: true });
  });

  it('work on every platform, and do not care that its API is down', async () => {
    await app.api.ok('POST', '/v1/platforms/tiktok/override', { state: 'down', reason: 'test', forSeconds: 600 });
    const { targetId, page } = await handedOver('tiktok', 'By hand on TikTok');
    expect(await sandbox.control('GET', 'calls?platform=tiktok')).toEqual({ tiktok: {} });
    await press(page, 'confirm');
    expect((await readTarget(app.api, targetId)).status).toBe('published');
  });

  it('tell the page only to keys that may confirm, and links work only whole', async () => {
    const { handOff, page } = await handedOver('upscrolled', 'Who may');
    const reader = await app.api.ok<{ key?: string }>('POST', '/v1/api-keys', { name: 'r', scopes: ['posts:read'] });
    const api = app.api.with(reader.key);
    expect((await api.ok<HandOffView>('GET', `/v1/handoffs/${handOff.id}`)).url).toBeUndefined();
    expect((await api.call('POST', `/v1/handoffs/${handOff.id}/confirm`, {})).status).toBe(403);
    for (const wrong of [page.slice(0, -1), `${page}x`, page.replace(/\/handoff\/.*/, '/handoff/abc')]) {
      expect((await fetch(wrong)).status).toBe(404);
      expect((await press(wrong, 'confirm')).status).toBe(404);
      expect((await fetch(`${wrong}/media`)).status).toBe(404);
    }
    const refused = await press(page, 'confirm', { link: 'javascript:alert(1)' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('no link with https://');
    expect((await app.api.ok<HandOffView>('GET', `/v1/handoffs/${handOff.id}`)).state).toBe('notified');
  });
});
