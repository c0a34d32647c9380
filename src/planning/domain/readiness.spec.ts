import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { StoredPost } from '../../library/domain/post-snapshot.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import { DEFAULT_ROUTE } from '../../routing/domain/route.js';
import { exposedTargets } from './readiness.js';

const account = (id: string, platform: string, rest: object = {}) =>
  [id, { id, platform, region: 'us', status: 'active', ...rest }] as unknown as [string, AccountFacts];
const accounts = new Map([
  account('tt', 'tiktok'),
  account('tt-eu', 'tiktok', { region: 'eu' }),
  account('tt-2', 'tiktok'),
  account('yt', 'shorts'),
  account('ig', 'reels', { status: 'needs_reconnect' }),
]);
const target = { id: 't1', postId: 'p', occurrenceId: 'o', accountId: 'tt', platform: 'tiktok' } as TargetSummary;
const post = { id: 'p', caption: 'c', options: {}, tags: [], variants: {}, media: {} } as unknown as StoredPost;

const faults = (fallbacks: string[], options: { refused?: boolean; waiting?: TargetSummary[] } = {}) => {
  const [exposed] = exposedTargets(options.waiting ?? [target], {
    accounts,
    posts: new Map([['p', post]]),
    routes: new Map([['t1', { ...DEFAULT_ROUTE, fallbacks }]]),
    validate: () => (options.refused ? [{ field: 'caption', rule: 'r', message: 'm' }] : []),
  });
  return exposed?.fallbacks.map(({ fault }) => fault);
};

describe('exposedTargets', () => {
  it('leaves out a target that one fallback can take', () => {
    expect(faults(['yt'])).toBeUndefined();
    expect(faults(['ig', 'tt-eu'])).toBeUndefined();
  });

  it('names a target whose route has no fallback', () => {
    expect(faults([])).toEqual([]);
  });

  it('says of every fallback why it cannot help', () => {
    expect(faults(['gone', 'ig', 'tt-2'])).toEqual(['account_gone', 'account_not_active', 'same_platform']);
    expect(faults(['yt'], { refused: true })).toEqual(['content_refused']);
    expect(faults(['yt'], { waiting: [target, { ...target, id: 't2', accountId: 'yt' }] })).toEqual([
      'carries_this_run',
    ]);
  });
});
