import { describe, expect, it } from '@jest/globals';
import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { DEFAULT_ROUTE, type Route } from '../../routing/domain/route.js';
import type { Validate } from './check-targets.js';
import { fallbackWarnings } from './fallback-warnings.js';
import { waysOut } from './ways-out.js';

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

const ways = (fallbacks: readonly string[], from: ContentSource = source) =>
  waysOut([{ accountId: 'tt', index: 0 }], {
    accounts,
    routes: new Map([['tt', { ...DEFAULT_ROUTE, fallbacks }]]),
    source: from,
    validate,
  });
const warn = (...wish: Parameters<typeof ways>) => fallbackWarnings(ways(...wish));

describe('fallbackWarnings', () => {
  it('names each fallback that could not take the post, and what to do', () => {
    expect(warn(['sky'])).toEqual([
      {
        field: 'targets.0',
        code: 'fallback.content_refused',
        message: 'Fallback sky (Skylight) could not take this post: At most 300. Give the post a variant for Skylight.',
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

describe('waysOut', () => {
  const withVariant = { ...source, variants: { skylight: { caption: 'short' } } };

  it('lists the fallbacks in the order of the route, each with its fault or none', () => {
    expect(ways(['tt-2', 'sky'], withVariant)).toEqual([
      {
        accountId: 'tt',
        index: 0,
        onDown: 'reroute',
        fallbacks: [expect.objectContaining({ accountId: 'tt-2', fault: 'same_platform' }), { accountId: 'sky' }],
      },
    ]);
  });

  it('is the built-in route, which names nobody, where no other speaks', () => {
    const facts = { accounts, routes: new Map<string, Route>(), source, validate };
    expect(waysOut([{ accountId: 'tt', index: 0 }], facts)).toEqual([
      { accountId: 'tt', index: 0, onDown: 'reroute', fallbacks: [] },
    ]);
    expect(waysOut([{ accountId: 'nobody', index: 0 }], facts)).toEqual([]);
  });
});
