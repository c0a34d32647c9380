import { describe, expect, it } from '@jest/globals';
import { checkCommonRules, countHashtags, countMentions } from './content-rules.js';
import type { PlatformCapabilities } from './platform.port.js';
import type { ContentDraft } from './publish-content.js';

const can: PlatformCapabilities = {
  platform: 'skylight',
  displayName: 'Skylight',
  caption: { unit: 'graphemes', max: 3 },
  video: { maxBytes: 100, minDurationMs: 1_000, maxDurationMs: 2_000, mimeTypes: ['video/mp4'] },
  canRemove: true,
  canList: true,
  isHandOff: false,
  countsViews: false,
  commitTimeoutMs: 1,
  processingP99Ms: 1,
};
const media = { sha256: '0', bytes: 100, mimeType: 'video/mp4', durationMs: 1_500, width: 1, height: 1, fps: 30 };
const draft = (change: Partial<ContentDraft>): ContentDraft => ({
  caption: 'abc',
  tags: [],
  media,
  options: {},
  ...change,
});
const rules = (change: Partial<ContentDraft>): readonly string[] =>
  checkCommonRules(draft(change), can, 's').map(({ rule }) => rule);

describe('checkCommonRules', () => {
  it('finds nothing in content at its limits', () => {
    expect(rules({})).toEqual([]);
    expect(rules({ caption: '👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧' })).toEqual([]);
  });

  it('names unit, limit, actual and source of a caption that is too long', () => {
    const [violation] = checkCommonRules(draft({ caption: 'abcd' }), can, 'https://s.example');
    const message = expect.stringContaining('graphemes');
    expect(violation).toEqual({
      field: 'caption',
      rule: 'caption.max_graphemes',
      limit: 3,
      actual: 4,
      source: 'https://s.example',
      message,
    });
  });

  it.each([
    ['video.max_bytes', { bytes: 101 }],
    ['video.duration_ms', { durationMs: 999 }],
    ['video.duration_ms', { durationMs: 2_001 }],
    ['video.mime_type', { mimeType: 'video/webm' }],
  ])('%s', (rule, change) => {
    expect(rules({ media: { ...media, ...change } })).toEqual([rule]);
  });
});

describe('counting', () => {
  it('counts hashtags and mentions, but no e-mail addresses', () => {
    expect(countHashtags('#a b#c #d_é #')).toBe(2);
    expect(countMentions('@a me@example.com (@b.c)')).toBe(2);
  });
});
