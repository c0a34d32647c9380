import { describe, expect, it } from '@jest/globals';
import { countHashtags, countMentions, rulesOf } from './content-rule.js';
import { checkRules } from './content-rules.js';
import type { ContentDraft } from './publish-content.js';

const RULES = rulesOf({ source: 'https://s.example', readOn: '2026-11' }, [
  { rule: 'caption.max_graphemes', max: 3 },
  { rule: 'video.max_bytes', max: 100 },
  { rule: 'video.duration_ms', min: 1_000, max: 2_000 },
  { rule: 'video.mime_type', oneOf: ['video/mp4'] },
]);
const media = { sha256: '0', bytes: 100, mimeType: 'video/mp4', durationMs: 1_500, width: 1, height: 1, fps: 30 };
const draft = (change: Partial<ContentDraft>): ContentDraft => ({
  caption: 'abc',
  tags: [],
  media,
  options: {},
  ...change,
});
const rules = (change: Partial<ContentDraft>): readonly string[] =>
  checkRules(draft(change), RULES).map(({ rule }) => rule);

describe('checkRules', () => {
  it('finds nothing in content at its limits', () => {
    expect(rules({})).toEqual([]);
    expect(rules({ caption: '👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧' })).toEqual([]);
  });

  it('names unit, limit, actual and source of a caption that is too long', () => {
    const [violation] = checkRules(draft({ caption: 'abcd' }), RULES);
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
