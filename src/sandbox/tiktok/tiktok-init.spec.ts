import { describe, expect, it } from '@jest/globals';
import { readInit } from './tiktok-init.js';

const body = ([video_size, chunk_size, total_chunk_count]: readonly number[], post: object = {}) => ({
  post_info: { privacy_level: 'PUBLIC_TO_EVERYONE', title: 'Soup', ...post },
  source_info: { source: 'FILE_UPLOAD', video_size, chunk_size, total_chunk_count },
});
const codeOf = (request: object, isUnaudited = false): string => {
  const read = readInit(request as Record<string, unknown>, isUnaudited);
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
    expect(codeOf(body([10, 10, 1]), true)).toBe('unaudited_client_can_only_post_to_private_accounts');
  });
});
