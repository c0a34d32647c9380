import { describe, expect, it } from '@jest/globals';
import type { ContentDraft, PublishContent } from '../../domain/publish-content.js';
import { fileInit, refusedByCreator, urlInit } from './tiktok.init-request.js';
import { tiktokViolations } from './tiktok.rules.js';

const media = {
  sha256: '',
  bytes: 64_000_001,
  mimeType: 'video/mp4',
  durationMs: 60_000,
  width: 1080,
  height: 1920,
  fps: 30,
};
const draft = (options: ContentDraft['options']): ContentDraft => ({ caption: 'Soup', tags: [], options, media });
const content = (options: ContentDraft['options'] = {}): PublishContent =>
  ({ ...draft(options), marker: 'm', scheduledAt: new Date(0), staleAt: new Date(0) }) as unknown as PublishContent;
const rulesBroken = (options: ContentDraft['options'], isAudited = true) =>
  tiktokViolations(draft(options), isAudited).map(({ rule }) => rule);

describe('TikTok’s rules of privacy', () => {
  it.each([
    [{}, true, []],
    [{ privacyLevel: 'SELF_ONLY' }, true, []],
    [{ privacyLevel: 'EVERYONE' }, true, ['privacy.level']],
    [{ privacyLevel: 7 }, true, ['privacy.level']],
    [{ privacyLevel: 'SELF_ONLY', brandContent: true }, true, ['privacy.branded']],
    [{ brandContent: true }, true, []],
    [{ privacyLevel: 'PUBLIC_TO_EVERYONE' }, false, ['privacy.unaudited']],
    [{}, false, []],
    [{ privacyLevel: 'SELF_ONLY' }, false, []],
    [{ brandContent: true }, false, ['privacy.branded']],
  ])('%j, audited %s: %j', (options, isAudited, expected) => {
    expect(rulesBroken(options, isAudited)).toEqual(expected);
  });
});

const creator = { privacy_level_options: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'] };
const facts = (options: ContentDraft['options'], change: object = {}, isAudited = true) => ({
  content: content(options),
  creator: { ...creator, ...change },
  isAudited,
});

describe('what the creator’s settings refuse', () => {
  it.each([
    ['a level that is not offered', facts({ privacyLevel: 'FOLLOWER_OF_CREATOR' }), 'privacy_level_option_mismatch'],
    [
      'no private level for an unaudited app',
      facts({}, { privacy_level_options: ['X'] }, false),
      'privacy_level_option_mismatch',
    ],
    ['branded content in private', facts({ brandContent: true }, {}, false), 'brand_content_toggle'],
    ['a video that is too long', facts({}, { max_video_post_duration_sec: 59 }), 'max_video_post_duration_sec'],
  ])('%s', (_name, given, platformCode) => {
    expect(refusedByCreator(given)).toMatchObject({ kind: 'rejected', category: 'user_content', platformCode });
  });

  it('nothing that fits', () => {
    expect(refusedByCreator(facts({}, { max_video_post_duration_sec: 60 }))).toBeUndefined();
  });
});

describe('the init', () => {
  it('asks for the most visible level offered, and for the private one before the audit', () => {
    expect(fileInit(facts({}))).toMatchObject({ post_info: { privacy_level: 'PUBLIC_TO_EVERYONE' } });
    const friends = facts({}, { privacy_level_options: ['SELF_ONLY', 'MUTUAL_FOLLOW_FRIENDS'] });
    expect(fileInit(friends)).toMatchObject({ post_info: { privacy_level: 'MUTUAL_FOLLOW_FRIENDS' } });
    expect(fileInit(facts({}, {}, false))).toMatchObject({ post_info: { privacy_level: 'SELF_ONLY' } });
  });

  it('switches off what the creator or the user switched off', () => {
    const info = fileInit(facts({ disableComment: true }, { duet_disabled: true, stitch_disabled: false }));
    expect(info).toMatchObject({
      post_info: { disable_duet: true, disable_stitch: false, disable_comment: true, brand_content_toggle: false },
    });
  });

  it('counts chunks for bytes and names the address for a pull', () => {
    expect(fileInit(facts({}))).toMatchObject({
      source_info: { source: 'FILE_UPLOAD', video_size: 64_000_001, chunk_size: 10_000_000, total_chunk_count: 6 },
    });
    expect(urlInit(facts({}), 'https://us.example/v')).toMatchObject({
      source_info: { source: 'PULL_FROM_URL', video_url: 'https://us.example/v' },
    });
  });
});
