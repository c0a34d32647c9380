import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { DEFAULT_ROUTE } from '../../routing/domain/route.js';
import type { Validate } from './check-targets.js';
import { fallbackWarnings } from './fallback-warnings.js';

const account = (id: string, platform: string, rest: object = {}) =>
  [id, { id, platform, region: 'us', status: 'active', displayName: id, ...rest }] as unknown as [string, AccountFacts];
const accounts = new Map([
  account('tt', 'tiktok'),
  account('tt-2', 'tiktok'),
  account('sky', 'skylight'),
  account('ig', 'reels', { status: 'needs_reconnect' }),
]);
const source = {
  base: { caption: 'x'.repeat(400) },
  tags: [],
  media: {},
  variants: {},
} as unknown as ContentSource;
const validate: Validate = (platform, { caption }) =>
  platform === 'skylight' && caption.length > 300
    ? [{ field: 'caption', rule: 'caption.max', message: 'At most 300.', limit: 300, actual: caption.length }]
    : [];

const warn = (fallbacks: readonly string[], from: ContentSource = source) =>
  fallbackWarnings([{ accountId: 'tt', index: 0 }], {
    accounts,
    routes: new Map([['tt', { ...DEFAULT_ROUTE, fallbacks }]]),
    source: from,
    validate,
  });

describe('fallbackWarnings', () => {
  it('names each fallback that could not take the post, and what to do', () => {
    expect(warn(['sky'])).toEqual([
      {
        field: 'targets.0',
        code: 'fallback.content_refused',
        message: 'Fallback sky (skylight) could not take this post: At most 300. Give the post a variant for skylight.',
      },
    ]);
    expect(warn(['tt-2', 'ig', 'gone']).map(({ code }) => code)).toEqual([
      'fallback.same_platform',
      'fallback.account_not_active',
      'fallback.account_gone',
    ]);
  });

  it('is silent where a variant fits, and where there is no route', () => {
    const withVariant = { ...source, variants: { skylight: { caption: 'short' } } };
    expect(warn(['sky'], withVariant)).toEqual([]);
    expect(warn([])).toEqual([]);
  });
});
