import { describe, expect, it } from '@jest/globals';
import { isStopped, pauseOf, type Switches } from './switches.js';

const target = { workspaceId: 'w', platform: 'tiktok', postId: 'p' } as const;
const on = (...pauses: Switches['pauses']): Switches => ({ pauses, pausedPosts: new Map() });

describe('kill switches', () => {
  it('stop nothing of another workspace, platform or post', () => {
    const others = {
      ...on({ workspaceId: 'other', platform: null }, { workspaceId: 'w', platform: 'reels' }),
      pausedPosts: new Map([['q', undefined]]),
    };
    expect(pauseOf(others, target, { status: 'active' })).toBeUndefined();
    expect(isStopped(others, 'w', 'tiktok')).toBe(false);
    expect(isStopped(others, 'w', 'reels')).toBe(true);
  });

  it('of the instance stop a platform in every workspace', () => {
    expect(pauseOf(on({ workspaceId: null, platform: 'tiktok', reason: 'Recall' }), target)).toEqual({
      scope: 'platform',
      reason: 'Recall',
    });
  });

  it('explain themselves by the widest one that is on', () => {
    const all = {
      ...on({ workspaceId: 'w', platform: 'tiktok' }, { workspaceId: 'w', platform: null }),
      pausedPosts: new Map([['p', 'Typo']]),
    };
    expect(pauseOf(all, target, { status: 'paused' })).toEqual({ scope: 'workspace' });
    expect(pauseOf({ ...all, pauses: [] }, target, { status: 'paused', statusReason: 'Rest' })).toEqual({
      scope: 'account',
      reason: 'Rest',
    });
    expect(pauseOf({ ...all, pauses: [] }, target)).toEqual({ scope: 'post', reason: 'Typo' });
  });
});
