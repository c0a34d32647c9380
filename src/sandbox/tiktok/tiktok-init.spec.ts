import { describe, expect, it } from '@jest/globals';
import { type InitRules, readInit } from './tiktok-init.js';

const body = ([video_size, chunk_size, total_chunk_count]: readonly number[], post: object = {}) => ({
  post_info: { privacy_level: 'PUBLIC_TO_EVERYONE', title: 'Soup', ...post },
  source_info: { source: 'FILE_UPLOAD', video_size, chunk_size, total_chunk_count },
});
const NOTHING_OFF = { comment: false, duet: false, stitch: false };
const codeOf = (request: object, change: Partial<InitRules> = {}): string => {
  const rules = { isUnaudited: false, isPrivateAccount: false, disabled: NOTHING_OFF, ...change };
  const read = readInit(request as Record<string, unknown>, rules);
  return 'code' in read ? read.code : 'ok';
};

describe('readInit', () => {
  it.each([
    ['a small file in one chunk', [2_000, 2_000, 1], 'ok'],
    ['64 MB in one chunk', [64_000_000, 64_000_000, 1], 'ok'],
    ['the rest in the last chunk', [64_000_001, 10_000_000, 6], 'ok'],
    ['a count that is rounded up', [64_000_001, 10_000_000, 7], 'invalid_param'],
    ['chunks under 5 MB', [12_000_000, 4_000_000, 3], 'invalid_param'],
    ['a chunk over 64 MB', [80_000_000, 80_000_000, 1], 'invalid_param'],
    ['over 4 GB', [4_400_000_000, 44_000_000, 100], 'invalid_param'],
    ['an empty file', [0, 0, 0], 'invalid_param'],
  ])('judges %s', (_name, numbers, code) => {
    expect(codeOf(body(numbers))).toBe(code);
  });

  it('counts captions in UTF-16 units and insists on an offered privacy level', () => {
    expect(codeOf(body([10, 10, 1], { title: '👋'.repeat(1100) }))).toBe('ok');
    expect(codeOf(body([10, 10, 1], { title: '👋'.repeat(1101) }))).toBe('invalid_param');
    expect(codeOf(body([10, 10, 1], { privacy_level: 'FRIENDS' }))).toBe('privacy_level_option_mismatch');
  });

  it('offers a private account its own levels', () => {
    const followers = body([10, 10, 1], { privacy_level: 'FOLLOWER_OF_CREATOR' });
    expect(codeOf(followers)).toBe('privacy_level_option_mismatch');
    expect(codeOf(followers, { isPrivateAccount: true })).toBe('ok');
    expect(codeOf(body([10, 10, 1]), { isPrivateAccount: true })).toBe('privacy_level_option_mismatch');
  });

  it('lets an unaudited app post privately to private accounts only', () => {
    const refused = 'unaudited_client_can_only_post_to_private_accounts';
    const secret = body([10, 10, 1], { privacy_level: 'SELF_ONLY' });
    expect(codeOf(body([10, 10, 1]), { isUnaudited: true })).toBe(refused);
    expect(codeOf(secret, { isUnaudited: true })).toBe(refused);
    expect(codeOf(secret, { isUnaudited: true, isPrivateAccount: true })).toBe('ok');
  });

  it('insists on what the creator switched off, and on types', () => {
    const disabled = { ...NOTHING_OFF, duet: true };
    expect(codeOf(body([10, 10, 1]), { disabled })).toBe('invalid_param');
    expect(codeOf(body([10, 10, 1], { disable_duet: true }), { disabled })).toBe('ok');
    expect(codeOf(body([10, 10, 1], { is_aigc: 'yes' }))).toBe('invalid_param');
  });

  it('fetches from this machine only', () => {
    const pull = (video_url: string) => ({ ...body([]), source_info: { source: 'PULL_FROM_URL', video_url } });
    expect(codeOf(pull('http://127.0.0.1:1/a.mp4'))).toBe('ok');
    expect(codeOf(pull('https://cdn.example/a.mp4'))).toBe('url_ownership_unverified');
    expect(codeOf(pull('nowhere'))).toBe('invalid_param');
  });
});
