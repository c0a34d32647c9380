import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { DISCORD_RULES } from './discord/discord.capabilities.js';
import { REELS_RULES } from './reels/reels.capabilities.js';
import { SHORTS_RULES } from './shorts/shorts.capabilities.js';
import { SHORTS_MEASURES } from './shorts/shorts.measures.js';
import { SKYLIGHT_RULES } from './skylight/skylight.capabilities.js';
import { TELEGRAM_RULES } from './telegram/telegram.capabilities.js';
import { TIKTOK_RULES } from './tiktok/tiktok.capabilities.js';
import { UPSCROLLED_RULES } from './upscrolled/upscrolled.adapter.js';
import { MEASURES, rulesOf } from '../domain/content-rule.js';
import { checkRules, limitsOf } from '../domain/content-rules.js';
import type { ContentDraft } from '../domain/publish-content.js';

/** What the common render makes (`platforms.md` section 8). */
const RENDITION = {
  sha256: '0',
  bytes: 40_000_000,
  mimeType: 'video/mp4',
  videoCodec: 'avc',
  audioCodec: 'aac',
  audioChannels: 2,
  audioSampleRate: 48_000,
  durationMs: 45_000,
  width: 1_080,
  height: 1_920,
  fps: 30,
};
const draft = (media: Partial<ContentDraft['media']> = {}, words: Partial<ContentDraft> = {}): ContentDraft => ({
  caption: 'Soup in 30 s #soup',
  tags: ['soup'],
  options: {},
  media: { ...RENDITION, ...media },
  ...words,
});
const TABLES = {
  tiktok: TIKTOK_RULES,
  reels: REELS_RULES,
  shorts: SHORTS_RULES,
  skylight: SKYLIGHT_RULES,
  discord: DISCORD_RULES,
  telegram: TELEGRAM_RULES,
  upscrolled: UPSCROLLED_RULES,
};
/** The largest video that chat services take is a short one. */
const SMALL = 10_000_000;
const broken = (platform: keyof typeof TABLES, content: ContentDraft): readonly string[] =>
  checkRules(content, TABLES[platform], SHORTS_MEASURES).map(({ rule }) => rule);

describe.each(Object.entries(TABLES))('the rules of %s', (_, rules) => {
  it('each name a limit, a unit, a document and when it was read', () => {
    for (const rule of rules) {
      expect([rule.min, rule.max, rule.oneOf].some((limit) => limit !== undefined)).toBe(true);
      expect(rule.unit).not.toBe('');
      expect(rule.source).toMatch(/^https:\/\//);
      expect(rule.readOn).toMatch(/^20\d\d-\d\d$/);
    }
  });

  it('take the common render', () => {
    expect(checkRules(draft({ bytes: SMALL }), rules, SHORTS_MEASURES)).toEqual([]);
  });

  it('judge no fact that is not known', () => {
    const { videoCodec: _v, audioCodec: _a, audioChannels: _c, audioSampleRate: _s, ...bare } = RENDITION;
    expect(checkRules({ ...draft(), media: { ...bare, bytes: SMALL, fps: 0 } }, rules, SHORTS_MEASURES)).toEqual([]);
  });
});

describe('limits per platform', () => {
  it.each([
    ['tiktok', 'video.codec', { videoCodec: 'av1' }],
    ['tiktok', 'video.min_side', { width: 359, height: 640 }],
    ['tiktok', 'video.max_side', { width: 2_160, height: 4_097 }],
    ['tiktok', 'video.fps', { fps: 12 }],
    ['tiktok', 'video.duration_ms', { durationMs: 600_001 }],
    ['reels', 'video.codec', { videoCodec: 'unknown' }],
    ['reels', 'video.mime_type', { mimeType: 'video/webm' }],
    ['reels', 'video.max_width', { width: 1_921 }],
    ['reels', 'video.aspect', { width: 1_920, height: 191 }],
    ['reels', 'video.bitrate', { bytes: 200_000_000 }],
    ['reels', 'audio.codec', { audioCodec: 'opus' }],
    ['reels', 'audio.channels', { audioChannels: 6 }],
    ['reels', 'audio.sample_rate', { audioSampleRate: 96_000 }],
    ['shorts', 'video.orientation', { width: 1_920, height: 1_080 }],
    ['shorts', 'video.duration_ms', { durationMs: 180_001 }],
    ['skylight', 'video.max_bytes', { bytes: 100_000_001 }],
    ['skylight', 'video.mime_type', { mimeType: 'video/quicktime' }],
    ['discord', 'video.max_bytes', { bytes: 10_485_761 }],
    ['telegram', 'video.max_bytes', { bytes: 50_000_001 }],
  ] as const)('%s refuses by %s', (platform, rule, media) => {
    expect(broken(platform, draft(media))).toEqual([rule]);
  });

  it.each([
    ['reels', 'caption.max_hashtags', { caption: '#a '.repeat(31) }],
    ['reels', 'caption.max_mentions', { caption: '@a '.repeat(21) }],
    ['shorts', 'tags.max_length', { tags: ['x'.repeat(480)] }],
    ['shorts', 'title.length', { title: 'x'.repeat(101) }],
    ['skylight', 'caption.max_bytes', { caption: '👨‍👩‍👧'.repeat(170) }],
    ['skylight', 'alt.max_graphemes', { options: { alt: 'x'.repeat(1_001) } }],
    ['skylight', 'langs.max_count', { options: { langs: ['en', 'de', 'fr', 'it'] } }],
  ] as const)('%s refuses words by %s', (platform, rule, words) => {
    expect(broken(platform, draft({}, words as Partial<ContentDraft>))).toEqual([rule]);
  });

  it('says how the video can be mended', () => {
    expect(checkRules(draft({ fps: 12 }), TIKTOK_RULES)[0]).toEqual({
      field: 'media',
      rule: 'video.fps',
      limit: 23,
      actual: 12,
      source: expect.stringContaining('media-transfer-guide'),
      message:
        'At least 23 frames per second; this has 12. Export it at 30, or make a rendition: POST /v1/media/{id}/renditions.',
    });
  });
});

describe('the checker', () => {
  const document = { source: 'https://s.example', readOn: '2026-11' };
  const range = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 10_000 }));

  it('refuses exactly what lies outside the limits, and names limit and actual', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: 1, max: 20_000 }), ([min, max], width) => {
        const violations = checkRules(draft({ width }), rulesOf(document, [{ rule: 'video.max_width', min, max }]));
        const limit = width > max ? max : min;
        expect(violations.map(({ limit, actual }) => ({ limit, actual }))).toEqual(
          width >= min && width <= max ? [] : [{ limit, actual: width }],
        );
      }),
    );
  });

  it('never refuses by advice, and finds no less when a rule is added', () => {
    const names = fc.constantFrom('video.max_bytes', 'video.max_side', 'video.fps', 'caption.max_bytes');
    fc.assert(
      fc.property(fc.array(fc.record({ rule: names, max: fc.nat(100) })), (rows) => {
        const rules = rulesOf(document, rows);
        const advice = rules.map((rule) => ({ ...rule, isAdvice: true as const }));
        const found = checkRules(draft(), rules).length;
        expect(checkRules(draft(), advice)).toEqual([]);
        expect(checkRules(draft(), [...rules, ...rules])).toHaveLength(2 * found);
      }),
    );
  });

  it('knows every measure that a table may name', () => {
    expect(() => rulesOf(document, [{ rule: 'video.colour', max: 1 }])).toThrow(RangeError);
    for (const measure of Object.values(MEASURES)) expect(() => measure.of(draft())).not.toThrow();
  });

  it('shows the short form of a table', () => {
    expect(limitsOf(SKYLIGHT_RULES)).toMatchObject({
      caption: { unit: 'graphemes', max: 300 },
      video: { maxBytes: 100_000_000, minDurationMs: 1_000, maxDurationMs: 180_000, mimeTypes: ['video/mp4'] },
    });
  });
});
