import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { PlatformName } from '../../src/platforms/domain/platform-name.js';
import type { PlatformContext, PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { createPlatforms } from '../../src/platforms/platforms.module.js';
import { contentOf, mediaOf, SystemClock } from './adapter-content.js';
import type { AdapterFacts } from './adapter-stage.js';
import { describeAdapter } from './adapter-suite.js';
import { SandboxProcess } from './sandbox-process.js';

jest.setTimeout(60_000);

/** What differs by platform: the steps of its protocol, and how much it takes. A new platform adds a line. */
const FACTS: Readonly<Partial<Record<PlatformName, AdapterFacts>>> = {
  tiktok: { prepare: 'init', commit: 'upload', counters: 'query', captionUnit: 'utf16', tooLong: 'x'.repeat(2201) },
  reels: { prepare: 'create', commit: 'publish', counters: 'media', captionUnit: 'utf16', tooLong: 'x'.repeat(2201) },
  shorts: {
    prepare: 'start',
    commit: 'upload',
    counters: 'counters',
    captionUnit: 'bytes',
    tooLong: `Soup\n${'é'.repeat(2500)}`,
  },
  skylight: {
    prepare: 'service-auth',
    commit: 'put',
    counters: 'counters',
    captionUnit: 'graphemes',
    tooLong: '👩‍🍳'.repeat(301),
  },
};

let sandbox: SandboxProcess;
let http: PlatformHttp;
let platforms: PlatformRegistry;

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = new PlatformHttp({ metadataTimeoutMs: 10_000 }, { allow: ['127.0.0.1/32', 'localhost'] });
  platforms = createPlatforms(sandbox.config, http, new SystemClock());
});
afterAll(async () => {
  await http.close();
  await sandbox.stop();
});
afterEach(() => sandbox.clearFaults());

for (const [name, facts] of Object.entries(FACTS) as [PlatformName, AdapterFacts][])
  describeAdapter({ title: name, name, facts, stage: () => ({ sandbox, platforms }) });

describe('large files go in several steps', () => {
  it.each([
    ['tiktok', 64_000_001, 6],
    ['shorts', 20_000_000, 3],
  ] as const)('%s, %i bytes', async (name, size, calls) => {
    const platform = platforms.get(name);
    const account = await sandbox.account(name);
    const { signal } = new AbortController();
    const ctx: PlatformContext = {
      accountId: 'a',
      externalId: account.externalId,
      credentials: account.credentials,
      signal,
    };
    const content = contentOf({ media: mediaOf(randomBytes(size)) });
    let outcome = await platform.prepare(ctx, content);
    let steps = 1;
    // One chunk arrives by half: the server's own count decides how to go on.
    await sandbox.fault(account, { platform: name, step: 'upload', kind: 'partial-upload', times: 1 });
    while (outcome.kind === 'saved') {
      outcome = await platform.prepare(ctx, content, outcome.resume);
      steps += 1;
    }
    if (outcome.kind !== 'ready') throw new Error(JSON.stringify(outcome));
    expect(steps).toBeGreaterThanOrEqual(calls);
    expect(await sandbox.posts(name, account)).toEqual([]);
    expect((await platform.commit(ctx, content, outcome.resume)).kind).toBe('processing');
    expect(await sandbox.posts(name, account)).toMatchObject([{ sha256: content.media.sha256, bytes: size }]);
  });
});
