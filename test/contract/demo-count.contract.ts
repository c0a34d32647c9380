import { describe, expect, it } from '@jest/globals';
import { count, type TargetRow, type TruthRow } from '../../seeds/demo/count.ts';

const copy: TruthRow = {
  ...{ platform: 'tiktok', accountExternalId: 'a', platformPostId: 'x', handle: 'h' },
  ...{ caption: 'Bread', liveAt: '2026-01-25T06:00:00Z' },
};
const target = (change: Partial<TargetRow>): TargetRow => ({
  ...{ id: '1', rootId: '1', role: 'origin', status: 'published', platform: 'tiktok', accountExternalId: 'a' },
  ...{ platformPostId: null, platformHandle: null, caption: 'Bread', late: false, nextCheckAt: null },
  ...change,
});

describe('what the demo counts', () => {
  it.each([
    ['a copy that its target knows', [target({ platformPostId: 'x' })], [copy], 0],
    ['a copy whose call has not come back', [target({ status: 'publishing' })], [copy], 0],
    ['a copy while its target is held', [target({ status: 'held' })], [copy], 1],
    ['a copy with words that nobody is sending', [target({ status: 'publishing', caption: 'Tea' })], [copy], 1],
    ['a second copy', [target({ status: 'publishing' })], [copy, { ...copy, platformPostId: 'y' }], 1],
  ])('of %s', (_what, targets, truth, duplicates) => {
    expect(count(truth, targets, []).duplicates).toBe(duplicates);
  });
});
