import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Platform, PlatformContext, PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type { ResumeToken } from '../../src/platforms/domain/publish-outcome.js';
import { PLATFORM_NAMES } from '../../src/platforms/domain/platform-name.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { createPlatforms } from '../../src/platforms/platforms.module.js';
import { contentOf, mediaOf, SystemClock } from './adapter-content.js';
import { describeAdapter } from './adapter-suite.js';
import { SandboxProcess } from './sandbox-process.js';

jest.setTimeout(60_000);

let sandbox: SandboxProcess;
let http: PlatformHttp;
let platforms: PlatformRegistry;
const stage = () => ({ sandbox, platforms });

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = new PlatformHttp({ metadataTimeoutMs: 10_000 });
  platforms = createPlatforms(sandbox.config, http, new SystemClock());
});
afterAll(async () => {
  await http.close();
  await sandbox.stop();
});
afterEach(async () => {
  await sandbox.clearFaults();
  await sandbox.settings({ telegramMigrated: false, discordRateLimits: false });
});

const discord = { name: 'discord', stage, keepsTokens: true } as const;
const words = { captionUnit: 'utf16', tooLong: 'x'.repeat(2001) };
describeAdapter({ ...discord, title: 'discord', facts: { prepare: 'channel', commit: 'post', ...words } });
describeAdapter({
  ...discord,
  title: 'discord by webhook',
  flavour: 'webhook',
  cannotProve: true,
  facts: { prepare: 'webhook', commit: 'post', ...words },
});
describeAdapter({
  title: 'telegram',
  name: 'telegram',
  stage,
  cannotProve: true,
  keepsTokens: true,
  facts: { prepare: 'chat', commit: 'send', captionUnit: 'utf16', tooLong: 'x'.repeat(1025) },
});

/** A connected account, and the way to the irreversible call. */
const connect = async (platform: Platform, change: Record<string, string> = {}, flavour?: string) => {
  const account = await sandbox.account(platform.name, flavour);
  const { signal } = new AbortController();
  const owner = await platform.connect({ ...account.credentials, ...change }, signal);
  if (owner.kind !== 'connected') throw new Error(JSON.stringify(owner));
  const ctx: PlatformContext = { accountId: 'a', externalId: owner.externalId, credentials: owner.credentials, signal };
  return { account, ctx };
};
const prepared = async (platform: Platform, ctx: PlatformContext, content: PublishContent): Promise<ResumeToken> => {
  let outcome = await platform.prepare(ctx, content);
  while (outcome.kind === 'saved') outcome = await platform.prepare(ctx, content, outcome.resume);
  if (outcome.kind !== 'ready') throw new Error(JSON.stringify(outcome));
  return outcome.resume;
};

describe('discord in particular', () => {
  let platform: Platform;
  beforeEach(() => {
    platform = platforms.get('discord');
  });

  it('a bot’s second call with the same nonce gives the first message back', async () => {
    const { account, ctx } = await connect(platform);
    const content = contentOf();
    const resume = await prepared(platform, ctx, content);
    const first = await platform.commit(ctx, content, resume);
    expect(await platform.commit(ctx, content, resume)).toMatchObject({
      kind: 'published',
      platformPostId: (first as { platformPostId: string }).platformPostId,
    });
    expect(await sandbox.posts('discord', account)).toHaveLength(1);
    await sandbox.advance(121_000);
    await platform.commit(ctx, content, resume);
    expect(await sandbox.posts('discord', account)).toHaveLength(2);
  });

  it('sends the words alone where the video stays out, and pings nobody', async () => {
    const { account, ctx } = await connect(platform, {}, 'webhook');
    const content = contentOf({ caption: '@everyone https://example.com/v', options: { attachVideo: false } });
    const resume = await prepared(platform, ctx, content);
    expect((await platform.commit(ctx, content, resume)).kind).toBe('published');
    expect(await sandbox.posts('discord', account)).toMatchObject([{ caption: content.caption, bytes: 0 }]);
  });

  it('refuses files over 10 MiB beforehand, as Discord does, unless the video stays out', async () => {
    const { account, ctx } = await connect(platform);
    const content = contentOf({ media: mediaOf(Buffer.alloc(10_485_761)) });
    expect(platform.validate(content)).toMatchObject([{ rule: 'video.max_bytes', limit: 10_485_760 }]);
    expect(platform.validate({ ...content, options: { attachVideo: false } })).toEqual([]);
    const resume = await prepared(platform, ctx, content);
    expect(await platform.commit(ctx, content, resume)).toMatchObject({ kind: 'rejected', platformCode: '40005' });
    expect(await sandbox.posts('discord', account)).toEqual([]);
  });

  it('takes webhooks of the configured host only, and keeps nothing but what it read out of them', async () => {
    const { credentials } = await sandbox.account('discord', 'webhook');
    const { signal } = new AbortController();
    const { pathname } = new URL(credentials['webhookUrl'] ?? '');
    for (const webhookUrl of [
      `https://evil.example${pathname}`,
      `${(credentials['webhookUrl'] ?? '').replace('//', '//user@')}`,
      'nothing',
    ])
      expect(await platform.connect({ webhookUrl }, signal)).toMatchObject({ kind: 'rejected' });
    const kept = await platform.connect({ webhookUrl: `${credentials['webhookUrl']}?wait=false#x` }, signal);
    expect(kept).toMatchObject({ kind: 'connected', credentials: { webhookUrl: credentials['webhookUrl'] } });
  });

  it('names no secret in what it says about a failure', async () => {
    const { account, ctx } = await connect(platform, {}, 'webhook');
    const content = contentOf();
    const resume = await prepared(platform, ctx, content);
    await sandbox.fault(account, { platform: 'discord', step: 'post', kind: 'drop-before' });
    const token = ctx.credentials['webhookUrl']?.split('/').at(-1) ?? '';
    expect(token.length).toBeGreaterThan(20);
    expect(JSON.stringify(await platform.commit(ctx, content, resume))).not.toContain(token);
  });

  it('waits as long as a rate limit says', async () => {
    await sandbox.settings({ discordRateLimits: true });
    const { ctx } = await connect(platform);
    const send = async () => {
      const content = contentOf({ options: { attachVideo: false } });
      return platform.commit(ctx, content, await prepared(platform, ctx, content));
    };
    for (let n = 0; n < 5; n += 1) expect((await send()).kind).toBe('published');
    expect(await send()).toMatchObject({ kind: 'throttled', scope: 'account', retryAt: expect.any(Date) });
  });

  it('counts a message as gone that somebody deleted before', async () => {
    const { ctx } = await connect(platform);
    expect(await platform.remove(ctx, '123456')).toEqual({ kind: 'removed' });
  });
});

describe('telegram in particular', () => {
  let platform: Platform;
  beforeEach(() => {
    platform = platforms.get('telegram');
  });

  it('stages the video where nobody sees it, so that the send is a small call', async () => {
    const { account, ctx } = await connect(platform);
    const content = contentOf();
    const resume = await prepared(platform, ctx, content);
    expect(resume['fileId']).toEqual(expect.any(String));
    expect(await sandbox.posts('telegram', account)).toEqual([]);
  });

  it('sends the bytes with the post where there is no staging chat', async () => {
    const account = await sandbox.account('telegram');
    const { stagingChatId: _staging, ...credentials } = account.credentials;
    const { signal } = new AbortController();
    const ctx = { accountId: 'a', externalId: account.externalId, credentials, signal };
    const content = contentOf();
    const resume = await prepared(platform, ctx, content);
    expect(resume['fileId']).toBeUndefined();
    expect((await platform.commit(ctx, content, resume)).kind).toBe('published');
    expect(await sandbox.posts('telegram', account)).toMatchObject([{ sha256: content.media.sha256 }]);
  });

  it('follows a group that became a supergroup, before and after the send was prepared', async () => {
    const { account, ctx } = await connect(platform);
    const content = contentOf();
    const old = await prepared(platform, ctx, content);
    await sandbox.settings({ telegramMigrated: true });
    expect((await platform.commit(ctx, content, old)).kind).toBe('unavailable');
    const resume = await prepared(platform, ctx, content);
    expect(resume['chatId']).not.toBe(old['chatId']);
    expect(await platform.commit(ctx, content, resume)).toMatchObject({
      kind: 'published',
      permalink: expect.stringMatching(/^https:\/\/t\.me\/c\/\d+\/\d+$/),
    });
    expect(await sandbox.posts('telegram', account)).toHaveLength(1);
  });

  it('counts marked-up captions as they are shown', async () => {
    const { account, ctx } = await connect(platform);
    const caption = `<b>${'x'.repeat(1021)}</b>&amp;&lt;&gt;`;
    const content = contentOf({ caption, options: { parseMode: 'HTML' } });
    expect(platform.validate(content)).toEqual([]);
    expect(platform.validate({ ...content, options: {} })).toMatchObject([{ rule: 'caption.max_utf16' }]);
    expect((await platform.commit(ctx, content, await prepared(platform, ctx, content))).kind).toBe('published');
    expect(await sandbox.posts('telegram', account)).toHaveLength(1);
  });

  it('refuses to stage in the chat it posts to', async () => {
    const account = await sandbox.account('telegram');
    const credentials = { ...account.credentials, stagingChatId: account.credentials['chatId'] ?? '' };
    const outcome = await platform.connect(credentials, new AbortController().signal);
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('another chat') });
  });

  it('cannot delete after 48 hours, and calls a deleted message deleted', async () => {
    const { ctx } = await connect(platform);
    const content = contentOf();
    const resume = await prepared(platform, ctx, content);
    const sent = await platform.commit(ctx, content, resume);
    const id = (sent as { platformPostId: string }).platformPostId;
    await sandbox.advance(49 * 3_600_000);
    expect((await platform.remove(ctx, id)).kind).toBe('rejected');
    expect(await platform.remove(ctx, `${ctx.externalId}/99999`)).toEqual({ kind: 'removed' });
  });
});

describe('accounts that a person posts to', () => {
  const given = { mode: 'handoff', notifyEmail: 'mara@example.com', profileUrl: 'https://example.com/@mara' };
  const { signal } = new AbortController();
  const connected = async (platform: Platform): Promise<PlatformContext> => {
    const owner = await platform.connect(given, signal);
    if (owner.kind !== 'connected') throw new Error(JSON.stringify(owner));
    expect(owner).toMatchObject({ displayName: '@mara', credentials: given });
    return { accountId: 'a', externalId: owner.externalId, credentials: owner.credentials, signal };
  };

  it.each(PLATFORM_NAMES)(
    'are connected on %s without a call, and nothing is ever sent or probed for them',
    async (name) => {
      const platform = platforms.get(name);
      const ctx = await connected(platform);
      expect(await platform.refresh(ctx)).toBeUndefined();
      expect((await platform.prepare(ctx, contentOf())).kind).toBe('rejected');
      expect((await platform.commit(ctx, contentOf(), { handle: 'x' })).kind).toBe('rejected');
      expect((await platform.probe('read', ctx)).kind).toBe('skipped');
      expect((await platform.remove(ctx, '1')).kind).toBe('unsupported');
    },
  );

  it('are all that UpScrolled has', async () => {
    const platform = platforms.get('upscrolled');
    expect(platform.capabilities()).toMatchObject({ isHandOff: true, canList: false, canRemove: false });
    const outcome = await platform.connect({ accessToken: 'x' }, signal);
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('handoff') });
    expect((await platform.probe('read')).kind).toBe('skipped');
  });

  it('are refused with what is missing', async () => {
    const outcome = await platforms.get('tiktok').connect({ mode: 'handoff' }, signal);
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('notifyEmail') });
  });
});

describe('words alone', () => {
  const message = { text: 'It is here: https://example.com/v', marker: 'announcement-1' };

  it.each([
    ['discord', undefined],
    ['discord', 'webhook'],
    ['telegram', undefined],
  ] as const)('are posted once on %s (%s)', async (name, flavour) => {
    const platform = platforms.get(name);
    const { account, ctx } = await connect(platform, {}, flavour);
    expect(platform.canAnnounce).toBe(true);
    expect(await platform.announce(ctx, message)).toMatchObject({
      kind: 'published',
      platformPostId: expect.any(String),
    });
    expect(await sandbox.posts(name, account)).toMatchObject([{ caption: message.text, bytes: 0 }]);
  });

  it('are in doubt when the answer is lost, and refused where a post needs a video', async () => {
    const platform = platforms.get('telegram');
    const { account, ctx } = await connect(platform);
    await sandbox.fault(account, { platform: 'telegram', step: 'send', kind: 'drop-after' });
    expect(await platform.announce(ctx, message)).toMatchObject({ kind: 'unknown' });
    const reels = platforms.get('reels');
    expect([reels.canAnnounce, (await reels.announce(ctx, message)).kind]).toEqual([false, 'rejected']);
  });

  it('follow a group that became a supergroup', async () => {
    const platform = platforms.get('telegram');
    const { account, ctx } = await connect(platform);
    await sandbox.settings({ telegramMigrated: true });
    expect(await platform.announce(ctx, message)).toMatchObject({ kind: 'published' });
    expect(await sandbox.posts('telegram', account)).toHaveLength(1);
  });
});
