import { describe, expect, it } from '@jest/globals';
import { radarDraft } from './radar-draft.js';
import { reconnectAfterMs } from './radar-timing.js';

describe('what is to be watched', () => {
  it('is an app by its number, which is known for some platforms', () => {
    expect(radarDraft({ kind: 'app_rank', platform: 'tiktok', country: 'us' })).toEqual({
      title: 'tiktok',
      platform: 'tiktok',
      subject: { kind: 'app_rank', country: 'us', appId: '835599320' },
    });
    expect(radarDraft({ kind: 'app_rank', country: 'us', appName: 'UpScrolled' }).title).toBe('UpScrolled');
    expect(radarDraft({ kind: 'app_rank', country: 'us', appId: '7' }).title).toBe('App 7');
  });

  it('is mentions of a platform by the names people have for it', () => {
    expect(radarDraft({ kind: 'mentions', platform: 'tiktok' })).toMatchObject({
      title: 'tiktok down',
      subject: { from: 'firehose', names: ['tiktok', 'tik tok'], troubles: expect.arrayContaining(['not working']) },
    });
  });

  it.each([
    [{ kind: 'app_rank' } as const, ['country', 'appId']],
    [{ kind: 'app_rank', country: 'us', platform: 'upscrolled' } as const, ['appId']],
    [{ kind: 'mentions' } as const, ['names']],
    [{ kind: 'mentions', from: 'rss', platform: 'tiktok' } as const, ['url']],
  ])('is refused by the name of what is missing: %j', (ask, fields) => {
    let refusal: unknown;
    try {
      radarDraft(ask);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code: 'radar.incomplete', violations: fields.map((field) => ({ field })) });
  });
});

describe('connecting to a stream again', () => {
  it('waits longer each time in vain, up to a minute', () => {
    expect([0, 1, 3, 6, 99].map((failures) => reconnectAfterMs(failures, 0.5))).toEqual([
      1_000, 2_000, 8_000, 60_000, 60_000,
    ]);
  });
});
